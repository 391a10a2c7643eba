-- KEYS mark. Writes, and leaves nothing: WAITAOF waits only for what its own connection has written.
redis.call('SET', KEYS[1], '')
redis.call('DEL', KEYS[1])
return 1
