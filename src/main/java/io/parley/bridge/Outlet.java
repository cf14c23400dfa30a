package io.parley.bridge;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;

/**
 * The place in a channel's pipeline where bytes that need nothing done to them are written: right
 * before the connection, or before what encrypts it. Everything written behind it goes through each
 * handler there, which for thousands of sockets costs as much as the message itself.
 */
@Sharable
final class Outlet extends ChannelHandlerAdapter {
  private static final String NAME = "outlet";
  private static final Outlet HERE = new Outlet();

  private Outlet() {}

  /** Puts it into a pipeline, once. */
  static ChannelHandlerContext of(ChannelPipeline pipeline) {
    ChannelHandlerContext encrypting = pipeline.context(SslHandler.class);
    if (encrypting == null) {
      pipeline.addFirst(NAME, HERE);
    } else {
      pipeline.addAfter(encrypting.name(), NAME, HERE);
    }
    return pipeline.context(NAME);
  }
}
