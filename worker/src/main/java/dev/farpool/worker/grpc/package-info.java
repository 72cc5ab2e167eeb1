/** The stream to the coordinator. */
package dev.farpool.worker.grpc;
