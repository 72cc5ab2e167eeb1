/** The client that keeps the queue filled and counts what comes back. */
package dev.farpool.scale.client;
