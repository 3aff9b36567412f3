/** The peer-stream server and dialer and the gRPC API; the only place that sees generated messages. */
@NullMarked
package dev.entente.grpc;

import org.jspecify.annotations.NullMarked;
