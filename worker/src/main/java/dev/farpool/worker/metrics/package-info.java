/** The numbers of a worker for Prometheus. Micrometer is loaded by the first scrape. */
package dev.farpool.worker.metrics;
