/**
 * The client's side of a pool without clock, thread or connection: what was submitted, what is on
 * its way, what has no outcome yet, and what is to be sent again after a break.
 *
 * <p>Nothing here is thread-safe; {@code dev.farpool.grpc} guards it with the pool's lock.
 */
package dev.farpool.core;
