/** What a worker decides, as a pure state machine. */
package dev.farpool.worker.core;
