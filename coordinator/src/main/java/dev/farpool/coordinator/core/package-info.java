/**
 * The scheduler: a pure state machine.
 *
 * <p>Time and names come in as arguments; what must happen comes out through {@link
 * dev.farpool.coordinator.core.Effects}. Nothing here reads a clock, draws a random number, starts
 * a thread or does input and output, and all iteration has a defined order, so the same calls
 * always have the same effects. Messages of the contract are carried as values; payloads are never
 * looked into.
 */
package dev.farpool.coordinator.core;
