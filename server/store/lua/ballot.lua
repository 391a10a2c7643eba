-- KEYS state, ballots, names. ARGV question, seat, version, nonce hash, sealed ballot, name of the ballots' key.
-- The newest version wins, the same one is answered again, so retries and reordering are harmless (R2).
local state = redis.call('HMGET', KEYS[1], 'open', 'exp')
if state[1] ~= ARGV[1] then return { 'round-closed' } end
local standing = redis.call('HGET', KEYS[2], ARGV[2])
if standing then
  local version = tonumber(string.sub(standing, 1, 8))
  if tonumber(ARGV[3]) < version then return { 'stale', version } end
  if tonumber(ARGV[3]) == version then
    if string.sub(standing, 10, 9 + #ARGV[4]) ~= ARGV[4] then return { 'conflict' } end
    return { 'counted', version }
  end
end
local record = string.format('%08d', ARGV[3]) .. '|' .. ARGV[4] .. '|' .. ARGV[5]
redis.call('HSET', KEYS[2], ARGV[2], record)
if not standing and redis.call('HLEN', KEYS[2]) == 1 then
  redis.call('PEXPIREAT', KEYS[2], state[2])
  redis.call('SADD', KEYS[3], ARGV[6])
  redis.call('PEXPIREAT', KEYS[3], state[2])
end
return { 'counted', tonumber(ARGV[3]) }
