/** As much of the Protocol Buffers encoding as an executor needs. */
package dev.farpool.executor.wire;
