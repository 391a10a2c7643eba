-- KEYS state, ballots, names, counted. ARGV question, seat, version, nonce hash, sealed ballot, name of the ballots' key.
-- The newest version wins, the same one is answered again, so retries and reordering are harmless (R2). That holds
-- after the close too: an acknowledgement that was lost just before it must not end as "came too late".
local state = redis.call('HMGET', KEYS[1], 'open', 'exp')
local sent = tonumber(ARGV[3])
local standing = redis.call('HGET', KEYS[2], ARGV[2])
if standing then
  local version = tonumber(string.sub(standing, 1, 8))
  if sent < version then return { 'stale', version } end
  if sent == version then
    if string.sub(standing, 10, 9 + #ARGV[4]) ~= ARGV[4] then return { 'conflict' } end
    return { 'counted', version }
  end
end
if state[1] ~= ARGV[1] then
  local counted = tonumber(redis.call('ZSCORE', KEYS[4], ARGV[2]) or -1)
  if sent < counted then return { 'stale', counted } end
  if sent == counted then return { 'counted', counted } end
  return { 'round-closed' }
end
local record = string.format('%08d', ARGV[3]) .. '|' .. ARGV[4] .. '|' .. ARGV[5]
redis.call('HSET', KEYS[2], ARGV[2], record)
if not standing and redis.call('HLEN', KEYS[2]) == 1 then
  redis.call('PEXPIREAT', KEYS[2], state[2])
  redis.call('SADD', KEYS[3], ARGV[6])
  redis.call('PEXPIREAT', KEYS[3], state[2])
end
return { 'counted', sent }
