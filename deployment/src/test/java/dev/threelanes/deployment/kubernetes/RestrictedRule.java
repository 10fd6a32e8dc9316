package dev.threelanes.deployment.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import org.jspecify.annotations.Nullable;

/**
 * The Pod Security Standards' level <em>restricted</em>, a rule each, and below them what
 * this project asks beyond it.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/security/pod-security-standards/">Pod
 * Security Standards</a>
 */
enum RestrictedRule {

	/** A pod has network, processes and shared memory of its own. */
	NO_HOST_NAMESPACES {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return Stream.of(pod.getHostNetwork(), pod.getHostPID(), pod.getHostIPC()).anyMatch(Boolean.TRUE::equals);
		}
	},

	/** No container rules its node. */
	NOT_PRIVILEGED {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return contexts(pod).anyMatch((context) -> Boolean.TRUE.equals(context.getPrivileged()));
		}
	},

	/** No container opens a port of its node. */
	NO_HOST_PORTS {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return containers(pod).stream()
				.flatMap((container) -> container.getPorts().stream())
				.map(ContainerPort::getHostPort)
				.anyMatch((port) -> port != null && port != 0);
		}
	},

	/** Probes and hooks ask the pod itself and nobody else. */
	NO_OTHER_HOST_IN_PROBES {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return containers(pod).stream().flatMap(RestrictedRule::askedHosts).anyMatch(Objects::nonNull);
		}
	},

	/** Nothing of a node, and nothing of a vendor's, is mounted. */
	HARMLESS_VOLUMES {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return pod.getVolumes().stream().anyMatch((volume) -> !isHarmless(volume));
		}
	},

	/** What a process may do can only shrink. */
	NO_PRIVILEGE_ESCALATION {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return !all(pod, (context) -> Boolean.FALSE.equals(context.getAllowPrivilegeEscalation()));
		}
	},

	/** The kubelet refuses an image that would run as root. */
	NON_ROOT {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			PodSecurityContext own = pod.getSecurityContext();
			return !all(pod, (context) -> Boolean.TRUE
				.equals((context.getRunAsNonRoot() != null) ? context.getRunAsNonRoot() : own.getRunAsNonRoot()));
		}
	},

	/** Nobody is user 0. */
	NOT_USER_ZERO {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return Stream
				.concat(Stream.ofNullable(pod.getSecurityContext().getRunAsUser()),
						contexts(pod).map(SecurityContext::getRunAsUser).filter(Objects::nonNull))
				.anyMatch((user) -> user == 0);
		}
	},

	/** System calls are filtered. */
	SECCOMP {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			SeccompProfile own = pod.getSecurityContext().getSeccompProfile();
			return !all(pod,
					(context) -> isFilter((context.getSeccompProfile() != null) ? context.getSeccompProfile() : own));
		}
	},

	/** No capability is kept, and none but to open a low port is added. */
	NO_CAPABILITIES {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return !all(pod, (context) -> hasNone(context.getCapabilities()));
		}
	},

	/** Nothing unmasks /proc. */
	DEFAULT_PROC_MOUNT {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return contexts(pod).map(SecurityContext::getProcMount)
				.anyMatch((mount) -> mount != null && !"Default".equals(mount));
		}
	},

	/** SELinux' user and role are the runtime's, and its type is one for containers. */
	SELINUX {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return Stream
				.concat(Stream.ofNullable(pod.getSecurityContext().getSeLinuxOptions()),
						contexts(pod).map(SecurityContext::getSeLinuxOptions).filter(Objects::nonNull))
				.anyMatch((options) -> !isOfContainer(options));
		}
	},

	/** AppArmor is not switched off. */
	APP_ARMOR {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return Stream
				.concat(Stream.ofNullable(pod.getSecurityContext().getAppArmorProfile()),
						contexts(pod).map(SecurityContext::getAppArmorProfile).filter(Objects::nonNull))
				.anyMatch((profile) -> "Unconfined".equals(profile.getType()));
		}
	},

	/** No setting of the kernel is touched: some are allowed, and none is needed. */
	NO_SYSCTLS {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return !pod.getSecurityContext().getSysctls().isEmpty();
		}
	},

	/** No Windows container rules its node. */
	NO_HOST_PROCESS {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return Stream
				.concat(Stream.ofNullable(pod.getSecurityContext().getWindowsOptions()),
						contexts(pod).map(SecurityContext::getWindowsOptions).filter(Objects::nonNull))
				.anyMatch((options) -> Boolean.TRUE.equals(options.getHostProcess()));
		}
	},

	/** Beyond the level: the user is a number, since a name cannot be checked. */
	NUMERIC_USER {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			Long own = pod.getSecurityContext().getRunAsUser();
			return !all(pod, (context) -> context.getRunAsUser() != null || own != null);
		}
	},

	/** Beyond the level: what is not mounted cannot be written. */
	READ_ONLY_ROOT {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return !all(pod, (context) -> Boolean.TRUE.equals(context.getReadOnlyRootFilesystem()));
		}
	},

	/** Beyond the level: nobody talks to the cluster, so nobody has a key to it. */
	NO_TOKEN {
		@Override
		boolean isBrokenBy(PodSpec pod) {
			return !Boolean.FALSE.equals(pod.getAutomountServiceAccountToken());
		}
	};

	private static final Set<String> CONTAINER_TYPES = Set.of("", "container_t", "container_init_t", "container_kvm_t",
			"container_engine_t");

	abstract boolean isBrokenBy(PodSpec pod);

	/**
	 * The rules that a pod breaks.
	 * @param pod the pod
	 * @return the rules
	 */
	static List<RestrictedRule> brokenBy(PodSpec pod) {
		return Stream.of(values()).filter((rule) -> rule.isBrokenBy(pod)).toList();
	}

	private static List<Container> containers(PodSpec pod) {
		if (!pod.getEphemeralContainers().isEmpty()) {
			throw new IllegalArgumentException("Nobody expects ephemeral containers");
		}
		List<Container> containers = new ArrayList<>(pod.getInitContainers());
		containers.addAll(pod.getContainers());
		return containers;
	}

	private static Stream<SecurityContext> contexts(PodSpec pod) {
		return containers(pod).stream()
			.map((container) -> (container.getSecurityContext() != null) ? container.getSecurityContext()
					: new SecurityContext());
	}

	private static boolean all(PodSpec pod, Predicate<SecurityContext> kept) {
		return contexts(pod).allMatch(kept);
	}

	private static Stream<@Nullable String> askedHosts(Container container) {
		List<@Nullable String> hosts = new ArrayList<>();
		for (Probe probe : Stream
			.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
			.filter(Objects::nonNull)
			.toList()) {
			hosts.add((probe.getHttpGet() != null) ? probe.getHttpGet().getHost() : null);
			hosts.add((probe.getTcpSocket() != null) ? probe.getTcpSocket().getHost() : null);
		}
		if (container.getLifecycle() != null) {
			for (LifecycleHandler hook : Stream
				.of(container.getLifecycle().getPreStop(), container.getLifecycle().getPostStart())
				.filter(Objects::nonNull)
				.toList()) {
				hosts.add((hook.getHttpGet() != null) ? hook.getHttpGet().getHost() : null);
				hosts.add((hook.getTcpSocket() != null) ? hook.getTcpSocket().getHost() : null);
			}
		}
		return hosts.stream();
	}

	private static boolean isHarmless(Volume volume) {
		return Stream
			.of(volume.getConfigMap(), volume.getCsi(), volume.getDownwardAPI(), volume.getEmptyDir(),
					volume.getEphemeral(), volume.getPersistentVolumeClaim(), volume.getProjected(), volume.getSecret())
			.anyMatch(Objects::nonNull);
	}

	private static boolean isFilter(@Nullable SeccompProfile profile) {
		return profile != null && Set.of("RuntimeDefault", "Localhost").contains(profile.getType());
	}

	private static boolean hasNone(@Nullable Capabilities capabilities) {
		return capabilities != null && capabilities.getDrop().contains("ALL")
				&& Set.of("NET_BIND_SERVICE").containsAll(capabilities.getAdd());
	}

	private static boolean isOfContainer(SELinuxOptions options) {
		return options.getUser() == null && options.getRole() == null
				&& (options.getType() == null || CONTAINER_TYPES.contains(options.getType()));
	}

}
