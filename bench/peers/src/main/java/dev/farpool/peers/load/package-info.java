/** The load that every peer written in Java gets, and how its rounds are measured. */
package dev.farpool.peers.load;
