-- KEYS state, seats, meta, releases. ARGV most seats, latest end of a joined session (ms), seat hash …
-- Answers when the session ends, its code and its QR id, then what happened to each; false: no such session.
-- Score 0 for every seat: their order at rest says nothing about who came when (DISC-11).
local state = redis.call('HMGET', KEYS[1], 'locked', 'exp')
if not state[1] then return false end
local expires = state[2]
local before = redis.call('ZCARD', KEYS[2])
local held = redis.call('ZMSCORE', KEYS[2], unpack(ARGV, 3))
local given, new, results = {}, {}, {}
for index = 3, #ARGV do
  local seat, result = ARGV[index], 'already'
  if not held[index - 2] and not given[seat] then
    if state[1] == '1' then result = 'locked'
    elseif before + #new / 2 >= tonumber(ARGV[1]) then result = 'full'
    else
      result, given[seat] = 'joined', true
      new[#new + 1] = 0
      new[#new + 1] = seat
    end
  end
  results[#results + 1] = result
end
if #new > 0 then redis.call('ZADD', KEYS[2], unpack(new)) end
if before == 0 and #new > 0 then
  if tonumber(ARGV[2]) < tonumber(expires) then expires = ARGV[2] end
  redis.call('HSET', KEYS[1], 'exp', expires)
  for _, key in ipairs(KEYS) do redis.call('PEXPIREAT', key, expires) end
end
local meta = redis.call('HMGET', KEYS[3], 'code', 'qr')
return { expires, meta[1], meta[2], unpack(results) }
