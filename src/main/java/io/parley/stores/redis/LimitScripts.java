package io.parley.stores.redis;

/** What Redis does for limits, each in one piece and by its own time, in microseconds. */
final class LimitScripts {
  private static final String NOW =
      """
      local t = redis.call('TIME')
      local now = t[1] * 1000000 + t[2]
      local function whole(x) return string.format('%.0f', x) end
      """;

  /**
   * Buckets that leak: {@code d} is when one will be empty, {@code v} and {@code w} are refusals
   * and when they began to be counted, {@code b} is until when nothing is granted. What would be
   * empty in more than an hour is taken for a mistake.
   *
   * <p>Arguments: refusals that lead to a ban (or 0), its length; then of each key the time in
   * which one leaks, how many were taken, how many were refused. Answers of each how full it is,
   * and how long the ban lasts.
   */
  static final RedisScript USE =
      new RedisScript(
          NOW
              + """
              local after, length = tonumber(ARGV[1]), tonumber(ARGV[2])
              local answer = {}
              for i, key in ipairs(KEYS) do
                local one = tonumber(ARGV[3 * i])
                local f = redis.call('HMGET', key, 'd', 'b', 'v', 'w')
                local due = math.max(tonumber(f[1]) or 0, now) + tonumber(ARGV[3 * i + 1]) * one
                due = math.min(math.max(due, now), now + 3600000000)
                local ban, v, w = tonumber(f[2]) or 0, tonumber(f[3]) or 0, tonumber(f[4]) or now
                if now - w > 60000000 then v = 0; w = now end
                v = v + tonumber(ARGV[3 * i + 2])
                if after > 0 and ban <= now and v >= after then ban = now + length; v = 0 end
                local last = math.max(due, ban, v > 0 and w + 60000000 or now)
                if last <= now then
                  redis.call('DEL', key)
                else
                  redis.call('HSET', key, 'd', whole(due), 'b', whole(ban), 'v', v, 'w', whole(w))
                  redis.call('PEXPIRE', key, whole(math.ceil((last - now) / 1000)))
                end
                answer[i] = {due - now, math.max(0, ban - now)}
              end
              return answer
              """);

  /**
   * Counts a try as a failure unless there is a pause. Of each key {@code n} is how many failures
   * there were at {@code a}, {@code u} is when the pause ends.
   *
   * <p>Keys: whether the place is known; what counts then, too; what counts only if it is not.
   * Arguments: the first pause, the time in which as many failures are forgotten as are borne; then
   * of each counter how many are borne, and the longest pause. Answers the pause, or 0; whether the
   * place is known; and the ends of the pauses that this try has begun.
   */
  static final RedisScript ATTEMPT =
      new RedisScript(
          NOW
              + """
              local first, quiet = tonumber(ARGV[1]), tonumber(ARGV[2])
              local known = redis.call('EXISTS', KEYS[1])
              local last = known == 1 and 2 or #KEYS
              local wait = 0
              for i = 2, last do
                wait = math.max(wait, (tonumber(redis.call('HGET', KEYS[i], 'u')) or 0) - now)
              end
              if wait > 0 then return {wait, known} end
              local answer = {0, known}
              for i = 2, last do
                local borne, longest = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
                local f = redis.call('HMGET', KEYS[i], 'n', 'a')
                local n = tonumber(f[1]) or 0
                local since = now - (tonumber(f[2]) or now)
                n = math.max(0, n - since * borne / quiet) + 1
                local ends = 0
                local over = math.floor(n + 0.5) - borne
                if over >= 0 then
                  ends = now + math.min(longest, first * 2 ^ math.min(40, over))
                end
                redis.call('HSET', KEYS[i], 'n', tostring(n), 'a', whole(now), 'u', whole(ends))
                local stay = math.max(n * quiet / borne, ends - now)
                redis.call('PEXPIRE', KEYS[i], whole(math.ceil(stay / 1000)))
                answer[i + 1] = whole(ends)
              end
              return answer
              """);

  /**
   * Takes a try back, and the pause that it has begun unless a later one has begun another.
   *
   * <p>Arguments: of each key the end of that pause.
   */
  static final RedisScript FORGIVE =
      new RedisScript(
          """
          for i, key in ipairs(KEYS) do
            local f = redis.call('HMGET', key, 'n', 'u')
            if f[1] then
              redis.call('HSET', key, 'n', tostring(math.max(0, tonumber(f[1]) - 1)))
              if f[2] == ARGV[i] then redis.call('HSET', key, 'u', '0') end
            end
          end
          return 0
          """);

  /** Remembers a place for so many milliseconds, and forgets the failures there. */
  static final RedisScript TRUST =
      new RedisScript(
          """
          redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
          return redis.call('DEL', KEYS[2])
          """);

  private LimitScripts() {}
}
