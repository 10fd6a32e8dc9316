package dev.threelanes.report.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/**
 * The Chromium that is installed on this machine; nothing is downloaded. Where there is
 * none, tests are skipped with a message, unless {@value #REQUIRED} is set: continuous
 * integration must not pass because nobody looked.
 */
final class Chromium implements AutoCloseable {

	private static final String REQUIRED = "THREE_LANES_BROWSER_REQUIRED";

	private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

	private final Playwright playwright;

	private final Browser browser;

	private Chromium(Path executable) {
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		List<String> args = new ArrayList<>(List.of("--disable-gpu"));
		if ("root".equals(System.getProperty("user.name"))) {
			// Chromium does not start its sandbox for root, as whom containers build.
			args.add("--no-sandbox");
		}
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(args));
	}

	static Chromium start() {
		Optional<Path> installed = installed();
		if (installed.isEmpty()) {
			String message = "No Chromium is installed (looked on the path for %s)".formatted(NAMES);
			if (System.getenv(REQUIRED) != null) {
				fail(message);
			}
			return abort(message);
		}
		return new Chromium(installed.get());
	}

	private static Optional<Path> installed() {
		return NAMES.stream()
			.flatMap((name) -> Stream.of(String.valueOf(System.getenv("PATH")).split(":"))
				.map((folder) -> Path.of(folder, name)))
			.filter(Files::isExecutable)
			.findFirst();
	}

	Browser browser() {
		return this.browser;
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}
