package io.parley.stores.redis;

/** What Redis does for presence, each in one piece and by its own time, in milliseconds. */
final class PresenceScripts {
  private static final String NOW =
      """
      local t = redis.call('TIME')
      local now = t[1] * 1000 + math.floor(t[2] / 1000)
      local function whole(x) return string.format('%.0f', x) end
      """;

  /**
   * Leases of people, each a field {@code node/connection} of its person's key: until when it
   * lasts, and {@code a} for active or {@code i} for idle, in upper case once its socket has gone.
   *
   * <p>Arguments: for how long one lasts, for how long one that goes; then of each key the field
   * and {@code a}, {@code i} or {@code g} for gone. Answers which of them, counted from 0, have
   * made a difference.
   */
  static final RedisScript RENEW =
      new RedisScript(
          NOW
              + """
              local lease, grace = tonumber(ARGV[1]), tonumber(ARGV[2])
              local answer = {}
              for i, key in ipairs(KEYS) do
                local field, flag = ARGV[2 * i + 1], ARGV[2 * i + 2]
                local was = redis.call('HGET', key, field)
                local before = was and tonumber(string.sub(was, 1, -2)) or 0
                local old = was and before > now and string.sub(was, -1) or ''
                local due = now + lease
                if flag == 'g' then
                  flag, due = string.upper(old), math.min(before, now + grace)
                end
                if flag ~= old then
                  answer[#answer + 1] = i - 1
                  local all = redis.call('HGETALL', key)
                  for j = 1, #all, 2 do
                    if tonumber(string.sub(all[j + 1], 1, -2)) <= now then
                      redis.call('HDEL', key, all[j])
                    end
                  end
                end
                if flag ~= '' and (flag ~= old or flag == string.lower(flag)) then
                  redis.call('HSET', key, field, whole(due) .. flag)
                  redis.call('PEXPIRE', key, whole(lease))
                end
              end
              return answer
              """);

  /** Answers all leases of each key, as fields and values in turn. */
  static final RedisScript READ =
      new RedisScript(
          """
          local answer = {}
          for i, key in ipairs(KEYS) do answer[i] = redis.call('HGETALL', key) end
          return answer
          """);

  /**
   * A node lives. The key knows since when anything is remembered, and which nodes have left, for
   * as long as any of their leases may last.
   *
   * <p>Arguments: for how long a lease lasts, and the node. Answers since when.
   */
  static final RedisScript BEAT =
      new RedisScript(
          NOW
              + """
              local all = redis.call('HGETALL', KEYS[1])
              if #all == 0 then redis.call('HSET', KEYS[1], 'since', whole(now)) end
              for i = 1, #all, 2 do
                local long = now - tonumber(all[i + 1]) > tonumber(ARGV[1])
                if all[i] == 'left:' .. ARGV[2] or (all[i] ~= 'since' and long) then
                  redis.call('HDEL', KEYS[1], all[i])
                end
              end
              redis.call('PEXPIRE', KEYS[1], ARGV[1])
              return redis.call('HGET', KEYS[1], 'since')
              """);

  /** Answers what time it is, and then all that the key knows. */
  static final RedisScript KNOWN =
      new RedisScript(NOW + "return {whole(now), redis.call('HGETALL', KEYS[1])}");

  /** Nodes have left; who has been seen to leave before left then. Nothing when nobody lives. */
  static final RedisScript LEFT =
      new RedisScript(
          NOW
              + """
              if redis.call('EXISTS', KEYS[1]) == 1 then
                for i, node in ipairs(ARGV) do
                  redis.call('HSETNX', KEYS[1], 'left:' .. node, whole(now))
                end
              end
              return 0
              """);

  private PresenceScripts() {}
}
