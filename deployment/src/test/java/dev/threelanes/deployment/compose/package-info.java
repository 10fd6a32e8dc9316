/**
 * Holds the Dockerfile and docker-compose.yml against what the project means to run.
 */
@NullMarked
package dev.threelanes.deployment.compose;

import org.jspecify.annotations.NullMarked;
