package dev.threelanes.report.cell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.JacksonException;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads and writes the JSON files of a run, always in the same form: properties as the
 * record declares them, two spaces, line feeds, absent instead of {@code null}.
 */
public final class Json {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private static final ObjectWriter WRITER = MAPPER.writer()
		.with((PrettyPrinter) new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))
			.withArrayIndenter(new DefaultIndenter("  ", "\n")));

	private Json() {
	}

	/**
	 * Writes a file as a whole or not at all.
	 * @param file the file, replaced if it exists
	 * @param value a record
	 * @throws IOException if it cannot be written
	 */
	public static void write(Path file, Object value) throws IOException {
		AtomicFile.write(file, (text(value) + "\n").getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A value as readable JSON.
	 * @param value a record
	 * @return the text
	 */
	public static String text(Object value) {
		return WRITER.writeValueAsString(value);
	}

	/**
	 * A value as JSON without white space.
	 * @param value a record
	 * @return the text
	 */
	public static String compact(Object value) {
		return MAPPER.writeValueAsString(value);
	}

	/**
	 * A text as JSON, such as what a lane says of itself.
	 * @param text the text
	 * @return the JSON
	 * @throws IOException if it is none
	 */
	public static JsonNode parse(String text) throws IOException {
		try {
			return MAPPER.readTree(text);
		}
		catch (JacksonException ex) {
			throw new IOException("Not JSON: " + ex.getOriginalMessage(), ex);
		}
	}

	/**
	 * Reads a file, once its schema is known to be the expected one.
	 * @param <T> the type of the record
	 * @param file the file
	 * @param type the type of the record
	 * @param schema the expected value of its property {@code schema}
	 * @return the record
	 * @throws BrokenFileException if it is missing, truncated or of another schema
	 */
	public static <T> T read(Path file, Class<T> type, int schema) throws BrokenFileException {
		try {
			JsonNode tree = MAPPER.readTree(Files.readString(file, StandardCharsets.UTF_8));
			JsonNode found = tree.path("schema");
			if (!found.isInt() || found.intValue() != schema) {
				throw new BrokenFileException(file,
						"its schema is %s, not %s".formatted(found.isMissingNode() ? "absent" : found, schema));
			}
			return MAPPER.treeToValue(tree, type);
		}
		catch (NoSuchFileException ex) {
			throw new BrokenFileException(file, "it is missing", ex);
		}
		catch (JacksonException ex) {
			throw new BrokenFileException(file, "it is truncated or malformed (%s)".formatted(ex.getOriginalMessage()),
					ex);
		}
		catch (BrokenFileException ex) {
			throw ex;
		}
		catch (IOException ex) {
			throw new BrokenFileException(file, "it cannot be read as text", ex);
		}
	}

}
