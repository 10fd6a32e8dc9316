package dev.threelanes.deployment.kubernetes;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threelanes.deployment.kubernetes.Manifests.Pods;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.zjsonpatch.JsonPatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every pod meets the restricted level, and every rule of it can be broken: by a manifest
 * that was doctored to break it and no other.
 */
class RestrictedLevelTests {

	static final List<String> RENDERED = Manifests.RENDERED;

	@ParameterizedTest
	@FieldSource("RENDERED")
	void everyPodMeetsEveryRule(String rendered) {
		assertThat(Manifests.rendered(rendered).pods()).isNotEmpty()
			.allSatisfy((Pods pods) -> assertThat(RestrictedRule.brokenBy(pods.spec())).as(pods.owner()).isEmpty());
	}

	@ParameterizedTest
	@EnumSource
	void doctoredManifestBreaksTheRuleAndNoOther(RestrictedRule rule) throws Exception {
		JsonNode patch = Yaml.MAPPER.readTree(doctoring(rule));
		PodSpec doctored = Yaml.model(JsonPatch.apply(patch, laneSpec()), PodSpec.class);
		assertThat(RestrictedRule.brokenBy(doctored)).containsExactly(rule);
	}

	@Test
	void initContainersAreLookedAtToo() throws Exception {
		JsonNode patch = Yaml.MAPPER.readTree("""
				[{ op: add, path: /initContainers, value: [{ name: first, image: any,
				   securityContext: { privileged: true, allowPrivilegeEscalation: false,
				     readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } } }] }]""");
		PodSpec doctored = Yaml.model(JsonPatch.apply(patch, laneSpec()), PodSpec.class);
		assertThat(RestrictedRule.brokenBy(doctored)).containsExactly(RestrictedRule.NOT_PRIVILEGED);
	}

	@Test
	void containerThatSaysNothingOfItselfIsNotTrusted() throws Exception {
		JsonNode patch = Yaml.MAPPER.readTree("[{ op: remove, path: /containers/0/securityContext }]");
		PodSpec doctored = Yaml.model(JsonPatch.apply(patch, laneSpec()), PodSpec.class);
		assertThat(RestrictedRule.brokenBy(doctored)).containsExactlyInAnyOrder(RestrictedRule.NO_PRIVILEGE_ESCALATION,
				RestrictedRule.NO_CAPABILITIES, RestrictedRule.READ_ONLY_ROOT);
	}

	private static JsonNode laneSpec() {
		for (ObjectNode object : Kustomization.render(Manifests.FOLDER.resolve("overlays/single"))) {
			if ("Deployment".equals(object.path("kind").asText())
					&& "mvc".equals(object.at("/metadata/name").asText())) {
				return object.at("/spec/template/spec");
			}
		}
		throw new AssertionError("There is no lane");
	}

	private static String doctoring(RestrictedRule rule) {
		return switch (rule) {
			case NO_HOST_NAMESPACES -> "[{ op: add, path: /hostPID, value: true }]";
			case NOT_PRIVILEGED -> "[{ op: add, path: /containers/0/securityContext/privileged, value: true }]";
			case NO_HOST_PORTS -> "[{ op: add, path: /containers/0/ports/0/hostPort, value: 8080 }]";
			case NO_OTHER_HOST_IN_PROBES ->
				"[{ op: add, path: /containers/0/livenessProbe/httpGet/host, value: 169.254.169.254 }]";
			case HARMLESS_VOLUMES -> "[{ op: add, path: /volumes/0, value: { name: node, hostPath: { path: /etc } } }]";
			case NO_PRIVILEGE_ESCALATION ->
				"[{ op: remove, path: /containers/0/securityContext/allowPrivilegeEscalation }]";
			case NON_ROOT -> "[{ op: add, path: /containers/0/securityContext/runAsNonRoot, value: false }]";
			case NOT_USER_ZERO -> "[{ op: add, path: /containers/0/securityContext/runAsUser, value: 0 }]";
			case SECCOMP -> "[{ op: remove, path: /securityContext/seccompProfile }]";
			case NO_CAPABILITIES ->
				"[{ op: add, path: /containers/0/securityContext/capabilities/add, value: [NET_ADMIN] }]";
			case DEFAULT_PROC_MOUNT -> "[{ op: add, path: /containers/0/securityContext/procMount, value: Unmasked }]";
			case SELINUX -> "[{ op: add, path: /securityContext/seLinuxOptions, value: { type: spc_t } }]";
			case APP_ARMOR -> "[{ op: add, path: /securityContext/appArmorProfile, value: { type: Unconfined } }]";
			case NO_SYSCTLS ->
				"[{ op: add, path: /securityContext/sysctls, value: [{ name: kernel.msgmax, value: '1' }] }]";
			case NO_HOST_PROCESS ->
				"[{ op: add, path: /securityContext/windowsOptions, value: { hostProcess: true } }]";
			case NUMERIC_USER -> "[{ op: remove, path: /securityContext/runAsUser }]";
			case READ_ONLY_ROOT -> "[{ op: remove, path: /containers/0/securityContext/readOnlyRootFilesystem }]";
			case NO_TOKEN -> "[{ op: remove, path: /automountServiceAccountToken }]";
		};
	}

}
