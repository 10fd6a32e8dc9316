package dev.threelanes.runner;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.threelanes.runner.Subject.Target;

/**
 * The reader's own services on the command line. Load is a weapon: another machine gets
 * none unless its name was allowed, and is not even looked up before.
 */
final class Targets {

	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

	private Targets() {
	}

	/**
	 * Reads targets.
	 * @param words addresses by name
	 * @param allowedHosts other machines that may be driven
	 * @return the targets
	 * @throws IllegalArgumentException if a name or an address cannot be, or the host was
	 * not allowed
	 */
	static List<Target> parse(Map<String, String> words, List<String> allowedHosts) {
		List<Target> targets = new ArrayList<>();
		words.forEach((name, address) -> targets.add(new Target(name(name), url(name, address, allowedHosts))));
		return targets;
	}

	private static String name(String name) {
		if (!name.matches("[a-z][a-z0-9-]{0,30}") || Set.of("mvc", "webflux", "loom").contains(name)) {
			throw new IllegalArgumentException(
					"a target's name is of small letters, digits and dashes, and no lane's; not '%s'".formatted(name));
		}
		return name;
	}

	private static URI url(String name, String address, List<String> allowedHosts) {
		URI url;
		try {
			url = new URI(address);
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException(
					"the target %s has no address that can be read: %s".formatted(name, ex.getMessage()), ex);
		}
		if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
				|| url.getUserInfo() != null) {
			throw new IllegalArgumentException(
					"the target %s needs an address like http://localhost:9000/orders, without a password; not '%s'"
						.formatted(name, address));
		}
		String host = url.getHost().toLowerCase(Locale.ROOT);
		if (!THIS_MACHINE.contains(host) && !allowedHosts.contains(host)) {
			throw new IllegalArgumentException(
					"the target %s is on another machine, %s: driving it needs --allow-host %s and its owner's consent"
						.formatted(name, host, host));
		}
		return url;
	}

}
