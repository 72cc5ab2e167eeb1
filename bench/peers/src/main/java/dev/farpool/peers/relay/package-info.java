/** Client, coordinator and worker without anything in them: bytes through three JVMs over gRPC. */
package dev.farpool.peers.relay;
