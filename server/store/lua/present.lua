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
local here = {}
if ARGV[3] == 'these' then
  for _, seat in ipairs(redis.call('ZRANGE', KEYS[3], 0, -1)) do here[seat] = true end
end
-- By the thousand: in the embedded engine each call of its own is dear.
local new = {}
for index = 4, #ARGV do
  if here[ARGV[index]] then here[ARGV[index]] = nil else
    new[#new + 1] = 0
    new[#new + 1] = ARGV[index]
  end
end
for first = 1, #new, 2000 do redis.call('ZADD', KEYS[3], unpack(new, first, math.min(first + 1999, #new))) end
for seat in pairs(here) do redis.call('ZREM', KEYS[3], seat) end
redis.call('EXPIREAT', KEYS[3], math.ceil((redis.call('TIME')[1] + ARGV[2]) / 15) * 15)
local meta = redis.call('HMGET', KEYS[4], 'code', 'qr')
return { expires, meta[1], meta[2] }
