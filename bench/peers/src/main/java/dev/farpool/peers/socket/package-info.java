/** Frames over a Unix socket between two JVMs. */
package dev.farpool.peers.socket;
