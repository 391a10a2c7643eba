-- KEYS meta, state, seats, releases, names. ARGV key prefix. A session at one moment: when it ends (ms), then
-- names of keys (without the prefix) and their serialised values. Who is present is not part of it.
local expires = redis.call('HGET', KEYS[2], 'exp')
if not expires then return false end
local all = { expires }
local function add(key)
  local value = redis.call('DUMP', key)
  if not value then return end
  all[#all + 1] = string.sub(key, #ARGV[1] + 1)
  all[#all + 1] = value
end
for _, key in ipairs(KEYS) do add(key) end
for _, name in ipairs(redis.call('SMEMBERS', KEYS[5])) do add(ARGV[1] .. name) end
return all
