package dev.farpool.coordinator.access;

/**
 * Who is at the other end, as it was proven.
 *
 * @param name of the identity; what it makes belongs to this name
 * @param role what it may do
 */
public record Principal(String name, Role role) {}
