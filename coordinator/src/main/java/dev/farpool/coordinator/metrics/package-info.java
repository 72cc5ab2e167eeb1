/**
 * The numbers of a coordinator for Prometheus. Micrometer is loaded by the first scrape, and only
 * by {@link dev.farpool.coordinator.metrics.Exposition} and what it makes: a coordinator that
 * nobody scrapes, an embedded one above all, does without.
 */
package dev.farpool.coordinator.metrics;
