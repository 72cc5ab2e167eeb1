/**
 * The services as gRPC sees them: each class checks the shape of what comes, translates it into
 * commands and posts them. Nothing is decided here, and no method blocks.
 */
package dev.farpool.coordinator.grpc;
