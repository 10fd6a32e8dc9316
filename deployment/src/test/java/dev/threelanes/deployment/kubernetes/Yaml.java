package dev.threelanes.deployment.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads YAML as strictly as can be: no key twice, and no field that a model does not
 * have.
 */
final class Yaml {

	static final YAMLMapper MAPPER = YAMLMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private static final JsonMapper MODEL = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.annotationIntrospector(new NoFurtherProperties())
		.build();

	private Yaml() {
	}

	static List<ObjectNode> documents(Path file) {
		try (MappingIterator<ObjectNode> documents = MAPPER.readerFor(ObjectNode.class).readValues(file.toFile())) {
			return documents.readAll();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static List<ObjectNode> documents(String text) {
		try (MappingIterator<ObjectNode> documents = MAPPER.readerFor(ObjectNode.class).readValues(text)) {
			return documents.readAll();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static JsonNode tree(Path file) {
		try {
			return MAPPER.readTree(file.toFile());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads a typed model.
	 * @param <T> the model
	 * @param node what to read
	 * @param type the model
	 * @return the model
	 * @throws IllegalArgumentException if the model lacks a field, or a value is of
	 * another type
	 */
	static <T> T model(JsonNode node, Class<T> type) {
		return MODEL.convertValue(node, type);
	}

	/** Fabric8's models keep what they do not know; here it is an error. */
	private static final class NoFurtherProperties extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1;

		@Override
		public Boolean hasAnySetter(Annotated annotated) {
			return Boolean.FALSE;
		}

	}

}
