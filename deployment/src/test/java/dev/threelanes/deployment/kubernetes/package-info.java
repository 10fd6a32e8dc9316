/**
 * Holds the manifests of {@code k8s/} against what the design asks of them, without a
 * cluster.
 */
@NullMarked
package dev.threelanes.deployment.kubernetes;

import org.jspecify.annotations.NullMarked;
