package dev.threelanes.report.browser;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;

/**
 * A page that was opened from a file with the network off, and what went wrong in it.
 */
final class OpenPage implements AutoCloseable {

	private final BrowserContext context;

	private final Page page;

	private final List<String> problems = new ArrayList<>();

	private OpenPage(BrowserContext context, Path file) {
		this.context = context;
		this.context.setOffline(true);
		this.page = context.newPage();
		this.page.onConsoleMessage((message) -> {
			if (!message.type().equals("log")) {
				this.problems.add("%s: %s".formatted(message.type(), message.text()));
			}
		});
		this.page.onPageError((error) -> this.problems.add("error: " + error));
		this.page.onDialog((dialog) -> {
			this.problems.add("dialog: " + dialog.message());
			dialog.dismiss();
		});
		this.page.onRequest((request) -> {
			if (!request.url().startsWith("file:") && !request.url().startsWith("data:")
					&& !request.url().startsWith("blob:")) {
				this.problems.add("request: " + request.url());
			}
		});
		this.page.navigate(file.toUri().toString());
	}

	static OpenPage of(Browser browser, Path file, int width, ColorScheme scheme) {
		return new OpenPage(browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900)
			.setColorScheme(scheme)
			.setAcceptDownloads(true)), file);
	}

	static OpenPage of(Browser browser, Path file) {
		return of(browser, file, 1280, ColorScheme.LIGHT);
	}

	Page page() {
		return this.page;
	}

	List<String> problems() {
		return this.problems;
	}

	// Scrolls past every chart, since one is drawn when it comes near.
	OpenPage readToTheEnd() {
		int charts = this.page.locator(".chart").count();
		for (int i = 0; i < charts; i++) {
			this.page.locator(".chart").nth(i).scrollIntoViewIfNeeded();
			this.page.locator(".chart").nth(i).locator("canvas").waitFor();
		}
		return this;
	}

	// The pixels of every chart.
	@SuppressWarnings("unchecked")
	List<String> images() {
		return (List<String>) this.page.evaluate("() => [...document.querySelectorAll('.chart')]"
				+ ".map((element) => echarts.getInstanceByDom(element).getDataURL({ pixelRatio: 1 }))");
	}

	@Override
	public void close() {
		this.context.close();
	}

}
