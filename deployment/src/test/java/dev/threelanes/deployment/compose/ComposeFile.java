package dev.threelanes.deployment.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * docker-compose.yml as far as the project uses Compose: a key that is not here is an
 * error, as it is one in Compose.
 *
 * @param services the services by name
 * @param networks the networks by name
 */
record ComposeFile(Map<String, Service> services, Map<String, Network> networks) {

	/** The root of the checkout. */
	static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern VARIABLE = Pattern.compile("\\$\\{(?<name>\\w+)(?::-(?<default>[^}]*))?}");

	/**
	 * Reads the file as Compose does where no variable is set.
	 * @return the file
	 * @throws IOException if it cannot be read or has a key of no meaning
	 */
	static ComposeFile read() throws IOException {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		Map<String, Object> file = new Yaml(new SafeConstructor(options)).load(withDefaults(text()));
		file.keySet().removeIf((key) -> key.startsWith("x-"));
		return new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.convertValue(file, ComposeFile.class);
	}

	static String text() throws IOException {
		return Files.readString(ROOT.resolve("docker-compose.yml"));
	}

	/**
	 * Names of variables that the file wants to be set.
	 * @return the variables without a default
	 * @throws IOException if the file cannot be read
	 */
	static List<String> variablesWithoutDefault() throws IOException {
		List<String> names = new ArrayList<>();
		Matcher matcher = VARIABLE.matcher(text());
		while (matcher.find()) {
			if (matcher.group("default") == null) {
				names.add(matcher.group("name"));
			}
		}
		return names;
	}

	private static String withDefaults(String text) {
		return VARIABLE.matcher(text)
			.replaceAll((match) -> Matcher.quoteReplacement((match.group(2) != null) ? match.group(2) : ""));
	}

	// A service.
	record Service(@Nullable String image, @Nullable Build build, @Nullable Object command,
			@Nullable Map<String, String> environment, @Nullable List<String> networks, @Nullable List<String> ports,
			@Nullable List<String> volumes, @JsonProperty("depends_on") @Nullable Map<String, Dependency> dependsOn,
			@Nullable Double cpus, @JsonProperty("mem_limit") @Nullable String memLimit,
			@JsonProperty("stop_grace_period") @Nullable String stopGracePeriod,
			@JsonProperty("read_only") boolean readOnly, @JsonProperty("cap_drop") @Nullable List<String> capDrop,
			@JsonProperty("security_opt") @Nullable List<String> securityOpt, @Nullable List<String> tmpfs,
			@Nullable Map<String, Limit> ulimits, @Nullable HealthCheck healthcheck, @Nullable String user,
			@Nullable List<String> profiles) {

		List<String> allPorts() {
			return (this.ports != null) ? this.ports : List.of();
		}

		Map<String, Dependency> dependencies() {
			return (this.dependsOn != null) ? this.dependsOn : Map.of();
		}

		List<String> allNetworks() {
			return (this.networks != null) ? this.networks : List.of();
		}

		/**
		 * What it is without its program and its ports.
		 * @return all the rest
		 */
		Service withoutProgramAndPorts() {
			return new Service(null, null, this.command, this.environment, this.networks, null, this.volumes,
					this.dependsOn, this.cpus, this.memLimit, this.stopGracePeriod, this.readOnly, this.capDrop,
					this.securityOpt, this.tmpfs, this.ulimits, this.healthcheck, this.user, this.profiles);
		}

	}

	// How an image is built.
	record Build(String context, String target, @Nullable Map<String, String> args) {
	}

	// What a service waits for.
	record Dependency(String condition) {
	}

	// A limit of the kernel.
	record Limit(int soft, int hard) {
	}

	// How a service tells that it is well.
	record HealthCheck(List<String> test, String interval, String timeout,
			@JsonProperty("start_period") String startPeriod, int retries) {
	}

	// A network.
	record Network(boolean internal) {
	}

}
