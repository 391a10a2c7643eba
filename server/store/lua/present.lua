-- KEYS state, nodes, present of one node, meta. ARGV node, life in seconds, 'these' or 'also', seats …
-- Which seats have a socket on a node; gone soon after a node that died. 'these': no others, so nobody stays
-- whose leaving was not heard (DISC-10). The expiry is written to the append-only file as a time of day: on a
-- grid of 15 s, so that it does not tell when somebody came.
-- Answers when the session ends, its code and its QR id.
local expires = redis.call('HGET', KEYS[1], 'exp')
if not expires then return false end
redis.call('SADD', KEYS[2], ARGV[1])
redis.call('PEXPIREAT', KEYS[2], expires)
-- Score 0 for every seat: newer servers keep a small plain set in the order of coming (DISC-11).
if ARGV[3] == 'these' then
  local gone = {}
  for _, seat in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do gone[seat] = true end
  for index = 4, #ARGV do
    if not gone[ARGV[index]] then redis.call('ZADD', KEYS[3], 0, ARGV[index]) end
    gone[ARGV[index]] = nil
  end
  for seat in pairs(gone) do redis.call('ZREM', KEYS[3], seat) end
else
  for index = 4, #ARGV do redis.call('ZADD', KEYS[3], 0, ARGV[index]) end
end
redis.call('EXPIREAT', KEYS[3], math.ceil((redis.call('TIME')[1] + ARGV[2]) / 15) * 15)
local meta = redis.call('HMGET', KEYS[4], 'code', 'qr')
return { expires, meta[1], meta[2] }
