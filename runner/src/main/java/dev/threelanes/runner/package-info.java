/**
 * The runner: starts lanes, drives Gatling, samples and stores. It knows the lanes only
 * by HTTP and process, and leaves every judgement to the report.
 */
@NullMarked
package dev.threelanes.runner;

import org.jspecify.annotations.NullMarked;
