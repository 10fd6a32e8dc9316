package dev.threelanes.report.browser;

import java.nio.file.Files;
import java.nio.file.Path;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Takes the pictures of {@code docs/images} from a real run, when asked to with
 * {@code -Dscreenshots.of=results/RUN}.
 */
@EnabledIfSystemProperty(named = "screenshots.of", matches = ".+")
class ScreenshotsTests {

	private static final Path IMAGES = Path.of("..", "docs", "images");

	@ParameterizedTest
	@CsvSource({ "slow-call.png, LIGHT", "slow-call-dark.png, DARK" })
	void takesPicturesOfThePage(String name, ColorScheme scheme) throws Exception {
		Path page = Path.of("..").resolve(System.getProperty("screenshots.of")).resolve("index.html").toAbsolutePath();
		try (Chromium chromium = Chromium.start();
				OpenPage open = OpenPage.of(chromium.browser(), page, 1100, scheme)) {
			open.readToTheEnd();
			open.page().evaluate("() => scrollTo(0, 0)");
			open.page().setViewportSize(1100, 1460);
			open.page().waitForTimeout(500);
			open.page().screenshot(new Page.ScreenshotOptions().setPath(IMAGES.resolve(name)));
			assertThat(open.problems()).isEmpty();
			assertThat(Files.size(IMAGES.resolve(name))).isGreaterThan(50_000);
		}
	}

}
