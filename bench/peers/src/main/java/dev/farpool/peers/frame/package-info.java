/** What the frames between a worker and its executors cost. */
package dev.farpool.peers.frame;
