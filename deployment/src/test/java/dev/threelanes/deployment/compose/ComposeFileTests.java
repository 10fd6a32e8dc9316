package dev.threelanes.deployment.compose;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.threelanes.deployment.compose.ComposeFile.Build;
import dev.threelanes.deployment.compose.ComposeFile.Service;
import dev.threelanes.experiments.Lane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ComposeFileTests {

	/** What a run reaches lanes at, and what the front page links to. */
	private static final Map<Lane, List<String>> PORTS = Map.of(Lane.MVC,
			List.of("127.0.0.1:8081:8080", "127.0.0.1:9081:9080"), Lane.WEBFLUX,
			List.of("127.0.0.1:8082:8080", "127.0.0.1:9082:9080"), Lane.LOOM,
			List.of("127.0.0.1:8083:8080", "127.0.0.1:9083:9080"));

	private final ComposeFile file;

	private final Dockerfile dockerfile;

	ComposeFileTests() throws Exception {
		this.file = ComposeFile.read();
		this.dockerfile = Dockerfile.read();
	}

	@Test
	void servicesThatAreLanesAreThoseOfTheCatalogue() {
		List<String> lanes = this.file.services()
			.entrySet()
			.stream()
			.filter((service) -> built(service.getValue()).map(Build::target).anyMatch("lane"::equals))
			.map(Map.Entry::getKey)
			.toList();
		assertThat(lanes).containsExactlyInAnyOrderElementsOf(Stream.of(Lane.values()).map(Lane::id).toList());
	}

	@Test
	void lanesDifferInTheirProgramAndTheirPortsAlone() {
		assertThat(Stream.of(Lane.values()).map(this::lane).map(Service::withoutProgramAndPorts).distinct()).hasSize(1);
		assertThat(lane(Lane.MVC).cpus()).isNotNull();
		assertThat(lane(Lane.MVC).memLimit()).isNotNull();
		assertThat(lane(Lane.MVC).ulimits()).containsKey("nofile");
	}

	@Test
	void everyLanesImageHoldsItsOwnModule() throws Exception {
		String modules = Files.readString(ComposeFile.ROOT.resolve("pom.xml"));
		for (Lane lane : Lane.values()) {
			String module = lane.id() + "-app";
			assertThat(modules).contains("<module>%s</module>".formatted(module));
			assertThat(lane(lane).image()).isEqualTo("three-lanes/" + module);
			assertThat(lane(lane).build()).isEqualTo(new Build(".", "lane", Map.of("MODULE", module)));
		}
	}

	@Test
	void everyOtherImageOfTheProjectHasTheNameOfItsStage() {
		this.file.services().values().forEach((service) -> built(service).map(Build::target).forEach((stage) -> {
			assertThat(this.dockerfile.stages()).containsKey(stage);
			if (!stage.equals("lane")) {
				assertThat(service.image()).isEqualTo("three-lanes/" + stage);
			}
		}));
	}

	@Test
	void lanesAreReachedWhereTheyWouldBeWithoutContainers() {
		PORTS.forEach((lane, ports) -> assertThat(lane(lane).ports()).isEqualTo(ports));
	}

	@Test
	void portsAreOpenOnThisMachineAloneAndEachOnce() {
		List<String> ports = this.file.services()
			.values()
			.stream()
			.map(Service::allPorts)
			.flatMap(List::stream)
			.toList();
		assertThat(ports).isNotEmpty()
			.allMatch((port) -> port.matches("127\\.0\\.0\\.1:\\d+:\\d+"))
			.doesNotHaveDuplicates();
	}

	@Test
	void theDatabaseIsReachedFromTheInternalNetworkAlone() {
		Service database = service("database");
		assertThat(database.allPorts()).isEmpty();
		assertThat(database.allNetworks()).isNotEmpty()
			.allMatch((network) -> Objects.requireNonNull(this.file.networks().get(network)).internal());
	}

	@Test
	void noServiceCanWriteItsFilesOrGainRights() {
		this.file.services()
			.forEach((name, service) -> assertThat(service).as(name)
				.returns(true, Service::readOnly)
				.returns(List.of("ALL"), Service::capDrop)
				.returns(List.of("no-new-privileges:true"), Service::securityOpt));
	}

	@Test
	void noServiceIsRoot() {
		this.file.services().forEach((name, service) -> {
			String user = (service.user() != null) ? service.user()
					: built(service).flatMap((build) -> this.dockerfile.last(build.target(), "USER").stream())
						.findFirst()
						.orElse("nobody has said");
			assertThat(user).as(name).matches("[1-9]\\d*:[1-9]\\d*");
		});
	}

	@Test
	void nothingSecretIsInTheFileAndNothingMustBeSet() throws Exception {
		assertThat(ComposeFile.variablesWithoutDefault()).isEmpty();
		assertThat(this.file.services()
			.values()
			.stream()
			.flatMap((service) -> (service.environment() != null) ? service.environment().keySet().stream()
					: Stream.empty()))
			.noneMatch((name) -> name.matches("(?i).*(password|secret|token|key).*"));
	}

	@Test
	void whatIsWaitedForTellsThatItIsWell() {
		this.file.services().forEach((name, service) -> service.dependencies().forEach((other, dependency) -> {
			assertThat(dependency.condition()).isEqualTo("service_healthy");
			Service awaited = service(other);
			assertThat(awaited.healthcheck() != null || built(awaited)
				.anyMatch((build) -> this.dockerfile.last(build.target(), "HEALTHCHECK").isPresent())).as(other)
				.isTrue();
		}));
		assertThat(lane(Lane.MVC).dependencies()).containsOnlyKeys("downstream", "database");
		assertThat(service("lanes").dependencies()).containsOnlyKeys("mvc", "webflux", "loom");
	}

	@Test
	void theRunnerIsNotStartedWithTheLanes() {
		assertThat(service("lanes").profiles()).containsExactly("run");
		assertThat(
				this.file.services().values().stream().flatMap((service) -> service.dependencies().keySet().stream()))
			.doesNotContain("lanes");
		assertThat(service("lanes").volumes()).containsExactly("./results:/three-lanes/results");
	}

	@Test
	void whoWatchesIsStartedOnRequestAndCannotChangeWhatItReads() {
		for (String name : List.of("prometheus", "grafana")) {
			Service service = service(name);
			assertThat(service.profiles()).as(name).containsExactly("observe");
			assertThat(service.volumes()).as(name).isNotEmpty().allSatisfy((volume) -> {
				assertThat(volume).startsWith("./observe/").endsWith(":ro");
				assertThat(ComposeFile.ROOT.resolve(volume.split(":")[0])).exists();
			});
		}
	}

	@Test
	void theFrontPageLinksEveryPortOfALane() throws Exception {
		String page = Files.readString(ComposeFile.ROOT.resolve("front/site/index.html"));
		for (String port : PORTS.values()
			.stream()
			.flatMap(List::stream)
			.collect(Collectors.toCollection(HashSet::new))) {
			assertThat(page).contains("http://localhost:%s/".formatted(port.split(":")[1]));
		}
	}

	private Service lane(Lane lane) {
		return service(lane.id());
	}

	private Service service(String name) {
		return Objects.requireNonNull(this.file.services().get(name), name);
	}

	private static Stream<Build> built(Service service) {
		return Stream.ofNullable(service.build());
	}

}
