/** Traces: contexts as they travel, and spans on their way to whoever collects them. */
package dev.farpool.common.trace;
