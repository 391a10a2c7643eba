-- KEYS state, nodes, present of one node. ARGV node, life in seconds, seats …
-- Which seats have a socket on a node: no times, and gone soon after a node that died.
local expires = redis.call('HGET', KEYS[1], 'exp')
if not expires then return 0 end
redis.call('SADD', KEYS[2], ARGV[1])
redis.call('PEXPIREAT', KEYS[2], expires)
if #ARGV > 2 then redis.call('SADD', KEYS[3], unpack(ARGV, 3)) end
redis.call('EXPIRE', KEYS[3], ARGV[2])
return 1
