package dev.threelanes.report.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A script or style sheet that stands in the page itself, allowed there by its hash and
 * by nothing else.
 *
 * @param text its text
 */
public record Inline(String text) {

	private static final String ECHARTS = "/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.common.min.js";

	public Inline {
		if (text.contains("</script") || text.contains("</style") || text.contains("<!--")) {
			throw new IllegalArgumentException("The text would end its own element");
		}
	}

	static Inline charts() {
		return resource(ECHARTS);
	}

	static Inline script() {
		return resource("page.js");
	}

	static Inline style() {
		return resource("page.css");
	}

	/**
	 * The source expression that allows exactly this text.
	 * @return the expression for a content security policy
	 */
	public String source() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(this.text.getBytes(StandardCharsets.UTF_8));
			return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(hash));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

	private static Inline resource(String name) {
		try (InputStream resource = Inline.class.getResourceAsStream(name)) {
			if (resource == null) {
				throw new IllegalStateException("%s is not on the class path".formatted(name));
			}
			// A browser reads line ends as line feeds before it computes the hash.
			return new Inline(new String(resource.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
