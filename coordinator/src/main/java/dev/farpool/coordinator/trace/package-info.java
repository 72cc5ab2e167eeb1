/** What the core tells of traced tasks, on its way to whoever collects spans. */
package dev.farpool.coordinator.trace;
