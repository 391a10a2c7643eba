-- KEYS state, ballots, names, counted. ARGV question, name of the ballots' key, then for each ballot: seat,
-- version, nonce hash, sealed ballot. Answers for each, in their order: what became of it, the version that stands.
-- The newest version wins, the same one is answered again, so retries and reordering are harmless (R2). That holds
-- after the close too: an acknowledgement that was lost just before it must not end as "came too late".
-- A settled round knows seats and versions alone, no nonces (DISC-11): there the same version with another nonce is
-- answered as counted, although another tab's answer was. It takes two tabs that chose in the same moment, under the
-- same version, and neither hearing of it before the close; keeping a mark of each ballot for a day would be worse.
local question = ARGV[1]
local state = redis.call('HMGET', KEYS[1], 'open', 'exp')
-- No session: ended, or a copy that is just being filled. Nothing is known of the round, least that it is closed.
if not state[2] then return false end
local isOpen = state[1] == question
local isNew = isOpen and redis.call('EXISTS', KEYS[2]) == 0

local function take(seat, version, nonce, sealed)
  local sent = tonumber(version)
  local standing = redis.call('HGET', KEYS[2], seat)
  if standing then
    local stands = tonumber(string.sub(standing, 1, 8))
    if sent < stands then return 'stale', stands end
    if sent == stands then
      if string.sub(standing, 10, 9 + #nonce) ~= nonce then return 'conflict', 0 end
      return 'counted', stands
    end
  end
  if not isOpen then
    local counted = tonumber(redis.call('ZSCORE', KEYS[4], seat) or -1)
    if sent < counted then return 'stale', counted end
    if sent == counted then return 'counted', counted end
    return 'round-closed', 0
  end
  redis.call('HSET', KEYS[2], seat, string.format('%08d', version) .. '|' .. nonce .. '|' .. sealed)
  return 'counted', sent
end

local results = {}
for index = 3, #ARGV, 4 do
  local result, stands = take(ARGV[index], ARGV[index + 1], ARGV[index + 2], ARGV[index + 3])
  results[#results + 1] = result
  results[#results + 1] = stands
end
if isNew then
  redis.call('PEXPIREAT', KEYS[2], state[2])
  redis.call('SADD', KEYS[3], ARGV[2])
  redis.call('PEXPIREAT', KEYS[3], state[2])
end
return results
