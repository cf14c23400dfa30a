package io.parley.config;

/** Contacts and blocks: how many each account may have. */
public record ContactsConfig(
    @Range(min = 1, max = 100_000) int maxContacts, @Range(min = 1, max = 100_000) int maxBlocks) {}
