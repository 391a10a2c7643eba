-- Every key with its expiry (ms, or -1) and its serialised value, at one moment.
local all = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  all[#all + 1] = { key, redis.call('PEXPIRETIME', key), redis.call('DUMP', key) }
end
return all
