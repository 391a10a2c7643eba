-- KEYS state, seats, meta, releases. ARGV seat hash, most seats, latest end of a joined session (ms).
-- Answers what happened, and for who has a seat: when the session ends, its code and its QR id.
-- Score 0 for every seat: their order at rest says nothing about who came when (DISC-11).
local state = redis.call('HMGET', KEYS[1], 'locked', 'exp')
if not state[1] then return { 'unknown-room' } end
local expires, result = state[2], 'already'
if not redis.call('ZSCORE', KEYS[2], ARGV[1]) then
  local before = redis.call('ZCARD', KEYS[2])
  if state[1] == '1' then return { 'locked' } end
  if before >= tonumber(ARGV[2]) then return { 'full' } end
  redis.call('ZADD', KEYS[2], 0, ARGV[1])
  result = 'joined'
  if before == 0 then
    if tonumber(ARGV[3]) < tonumber(expires) then expires = ARGV[3] end
    redis.call('HSET', KEYS[1], 'exp', expires)
    for _, key in ipairs(KEYS) do redis.call('PEXPIREAT', key, expires) end
  end
end
local meta = redis.call('HMGET', KEYS[3], 'code', 'qr')
return { result, expires, meta[1], meta[2] }
