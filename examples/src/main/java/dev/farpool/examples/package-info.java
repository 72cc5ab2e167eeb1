/**
 * Programs to start from, each a {@code main} of its own.
 *
 * <p>All run on this machine as they are, and on a cluster when {@code FARPOOL_COORDINATOR} names
 * its coordinator.
 */
package dev.farpool.examples;
