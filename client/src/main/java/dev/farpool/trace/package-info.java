/** Spans of calls, for programs that use OpenTelemetry. Internal. */
package dev.farpool.trace;
