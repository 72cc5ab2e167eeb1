/** Who may do what: identities, their roles, and how they are proven. */
package dev.farpool.coordinator.access;
