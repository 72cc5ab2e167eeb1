/** Processes that end with whoever started them. */
package dev.farpool.peers.process;
