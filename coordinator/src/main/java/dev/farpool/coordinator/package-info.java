/** The coordinator: its configuration, and how its parts are put together. */
package dev.farpool.coordinator;
