package io.parley.config;

/** Who is told of what happens on this server. */
public record EventsConfig(WebhookConfig webhook) {}
