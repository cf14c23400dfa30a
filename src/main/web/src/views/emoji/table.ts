import type { Table } from '../../state/emoji';

/** The emoji that are offered: each with its English name and, after a slash, other words to find it by. */
export const TABLE: Table = {
  faces: `
    😀 grinning face/smile happy | 😃 smiling face with big eyes/smile happy joy |
    😄 smiling face with smiling eyes/smile happy laugh | 😁 beaming face/smile grin teeth |
    😆 squinting laugh/haha lol | 😅 sweat smile/relief phew nervous | 😂 tears of joy/laugh lol haha crying |
    🤣 rolling on the floor/rofl laugh lol | 🙂 slight smile/fine ok | 🙃 upside-down face/irony silly |
    😉 wink/joke flirt | 😊 blush/smile pleased shy | 😇 halo/angel innocent | 🥰 smiling with hearts/love adore |
    😍 heart eyes/love crush | 🤩 star-struck/wow excited | 😘 blowing a kiss/love | 😋 yum/tasty delicious |
    😛 tongue out/silly | 😜 winking tongue/crazy joke | 🤪 zany face/crazy goofy | 🤗 hug/embrace thanks |
    🤭 hand over mouth/oops giggle | 🤫 shush/quiet secret | 🤔 thinking/hmm wonder | 🫡 salute/yes respect |
    🤨 raised eyebrow/doubt really | 😐 neutral face/meh | 😑 expressionless/meh | 😶 no mouth/silent speechless |
    😏 smirk/smug | 😒 unamused/bored | 🙄 rolling eyes/annoyed whatever | 😬 grimace/awkward | 😌 relieved/calm peace |
    😔 pensive/sad sorry | 😪 sleepy/tired | 😴 sleeping/zzz tired | 😷 mask/ill doctor | 🤒 thermometer/ill fever sick |
    🤕 bandage/hurt injured | 🤢 nauseated/sick | 🤧 sneezing/cold sick | 🥵 hot face/heat sweat |
    🥶 cold face/freezing ice | 😵 dizzy/knocked out | 🤯 mind blown/exploding wow | 🥳 party face/birthday celebrate |
    😎 sunglasses/cool | 🤓 nerd/glasses geek | 🧐 monocle/inspect | 😕 confused/unsure | 😟 worried/concern |
    🙁 slight frown/sad | 😮 open mouth/wow surprise oh | 😲 astonished/wow shock | 😳 flushed/embarrassed |
    🥺 pleading/please puppy | 😨 fearful/scared | 😰 anxious/sweat nervous | 😥 sad but relieved/phew |
    😢 crying/sad tear | 😭 sobbing/sad cry tears | 😱 screaming/fear shock | 😖 confounded/frustrated |
    😣 persevering/struggle | 😩 weary/tired | 😫 tired face/exhausted | 🥱 yawning/bored tired |
    😤 huffing/proud angry steam | 😠 angry/mad | 😡 pouting/furious mad red | 🤬 swearing/cursing angry |
    😈 smiling devil/evil mischief | 💀 skull/dead | 💩 pile of poo/poop | 🤡 clown/joker | 👻 ghost/halloween boo |
    👽 alien/ufo | 🤖 robot/bot machine
  `,
  people: `
    👍 thumbs up/yes like good ok agree +1 | 👎 thumbs down/no dislike bad disagree -1 | 👌 ok hand/perfect fine |
    👏 clapping hands/applause bravo well done | 🙌 raised hands/hooray praise |
    🙏 folded hands/please thanks thank you pray | 👋 waving hand/hello hi bye | 🤝 handshake/deal agree |
    💪 flexed arm/strong muscle | 🤞 crossed fingers/luck hope | ✌️ victory hand/peace | 🤟 love-you gesture/rock |
    🤘 sign of the horns/rock metal | 🤙 call me hand/shaka | 👈 pointing left/this | 👉 pointing right/this |
    👆 pointing up/this above | 👇 pointing down/below | ☝️ index finger up/one point | ✋ raised hand/stop high five |
    🖐️ open hand/five stop | 👊 fist bump/punch | ✊ raised fist/power | 🤲 open palms/give |
    ✍️ writing hand/note sign | 👀 eyes/look see watching | 👁️ eye/see | 🧠 brain/mind smart | 👂 ear/listen hear |
    👤 silhouette/person user | 👥 two silhouettes/people team group | 🧑‍💻 person at a computer/developer work code |
    🤷 shrug/dunno whatever | 🤦 facepalm/oh no | 🙋 raising a hand/question me | 🙇 bowing/sorry thanks |
    🙅 no gesture/stop | 🙆 ok gesture/yes | 🏃 runner/run hurry | 🚶 walker/walk | 💃 dancer/dance |
    🧘 in lotus position/yoga calm | 👶 baby/child | 🧑‍🍳 cook/chef | 🕵️ detective/spy search | 🧙 mage/wizard magic |
    🎅 Santa Claus/christmas
  `,
  hearts: `
    ❤️ red heart/love like | 🧡 orange heart/love | 💛 yellow heart/love | 💚 green heart/love | 💙 blue heart/love |
    💜 purple heart/love | 🖤 black heart/dark | 🤍 white heart/pure | 💔 broken heart/sad | 💕 two hearts/love |
    💖 sparkling heart/love | 💯 hundred points/perfect full 100 | ✅ check mark button/done yes ok |
    ✔️ check mark/done yes | ❌ cross mark/no wrong | ➕ plus/add more | ➖ minus/less | ❓ question mark/what |
    ❗ exclamation mark/important | ‼️ double exclamation/important urgent | ⚠️ warning/caution danger |
    🚫 prohibited/forbidden no | ⛔ no entry/stop | 🛑 stop sign/halt | 🔴 red circle/record | 🟠 orange circle |
    🟡 yellow circle | 🟢 green circle/go | 🔵 blue circle | ⚪ white circle | ⚫ black circle | ⬆️ up arrow/above |
    ⬇️ down arrow/below | ➡️ right arrow/next | ⬅️ left arrow/back | 🔄 turning arrows/again refresh retry |
    🔁 repeat/loop again | ♻️ recycling/reuse | 💤 zzz/sleep | 💬 speech balloon/talk comment |
    💭 thought balloon/think | 💢 anger symbol/mad | 💥 collision/boom bang | 💫 dizzy stars/star | ⭐ star/favourite |
    🌟 glowing star/great | ✨ sparkles/new clean magic | 🔥 fire/hot lit great | 🆗 ok button | 🆕 new button |
    🆘 SOS button/help | ℹ️ information/info | ™️ trade mark | ©️ copyright | ♾️ infinity/forever | ☮️ peace symbol |
    ☯️ yin yang/balance
  `,
  nature: `
    🐶 dog/puppy pet | 🐱 cat/kitten pet | 🐭 mouse/animal | 🐹 hamster/pet | 🐰 rabbit/bunny | 🦊 fox/animal |
    🐻 bear/animal | 🐼 panda/animal | 🐨 koala/animal | 🐯 tiger/animal | 🦁 lion/animal | 🐮 cow/animal | 🐷 pig/animal |
    🐸 frog/animal | 🐵 monkey/animal | 🙈 see-no-evil monkey/hide shy | 🙉 hear-no-evil monkey/deaf |
    🙊 speak-no-evil monkey/secret | 🐔 chicken/bird | 🐧 penguin/linux bird | 🐦 bird | 🦆 duck/bird |
    🦉 owl/bird night | 🦇 bat/animal night | 🐺 wolf/animal | 🐴 horse/animal | 🦄 unicorn/magic | 🐝 bee/honey |
    🐛 bug/caterpillar | 🦋 butterfly/pretty | 🐌 snail/slow | 🐞 ladybird/beetle | 🐢 turtle/slow | 🐍 snake/python |
    🐙 octopus/sea | 🐬 dolphin/sea | 🐳 whale/docker sea | 🐟 fish/sea | 🦀 crab/rust | 🐘 elephant/postgres |
    🦔 hedgehog/animal | 🐾 paw prints/animal | 🌱 seedling/plant grow | 🌲 evergreen tree/forest | 🌳 tree/forest |
    🌴 palm tree/holiday | 🌵 cactus/desert | 🍀 four-leaf clover/luck | 🍁 maple leaf/autumn | 🍂 fallen leaves/autumn |
    🌷 tulip/flower | 🌹 rose/flower love | 🌻 sunflower/flower | 🌸 cherry blossom/flower spring | 🌼 blossom/flower |
    💐 bouquet/flowers | 🌍 globe/earth world | 🌙 crescent moon/night | ☀️ sun/weather sunny |
    ⛅ sun behind cloud/weather | ☁️ cloud/weather | 🌧️ rain/weather | ⛈️ thunderstorm/weather |
    ⚡ lightning/power fast zap | ❄️ snowflake/winter cold | ⛄ snowman/winter | 🌈 rainbow/pride | 🌊 wave/sea water |
    💧 drop/water
  `,
  food: `
    🍏 green apple/fruit | 🍎 red apple/fruit | 🍐 pear/fruit | 🍊 orange/fruit tangerine | 🍋 lemon/fruit |
    🍌 banana/fruit | 🍉 watermelon/fruit | 🍇 grapes/fruit | 🍓 strawberry/fruit | 🍒 cherries/fruit | 🍑 peach/fruit |
    🍍 pineapple/fruit | 🥑 avocado/fruit | 🍅 tomato/vegetable | 🥕 carrot/vegetable | 🌽 corn/vegetable |
    🌶️ hot pepper/spicy chili | 🥦 broccoli/vegetable | 🍄 mushroom/food | 🥜 peanuts/nuts | 🍞 bread/toast |
    🥐 croissant/breakfast | 🥨 pretzel/bread | 🧀 cheese/food | 🥚 egg/breakfast | 🥞 pancakes/breakfast |
    🥓 bacon/breakfast | 🍔 hamburger/burger | 🍟 fries/chips | 🍕 pizza/slice | 🌭 hot dog/sausage | 🌮 taco/mexican |
    🥗 salad/healthy | 🍝 spaghetti/pasta | 🍜 noodles/ramen soup | 🍣 sushi/fish | 🍙 rice ball/onigiri |
    🍦 ice cream/soft | 🍩 doughnut/donut | 🍪 cookie/biscuit | 🎂 birthday cake/party | 🍰 cake/slice |
    🧁 cupcake/sweet | 🍫 chocolate/sweet | 🍬 candy/sweet | 🍿 popcorn/film | 🍯 honey/sweet |
    ☕ coffee/hot drink break tea | 🍵 tea/green hot drink | 🧃 juice box/drink | 🥛 milk/drink | 🍺 beer/drink |
    🍻 clinking beers/cheers | 🥂 clinking glasses/cheers toast | 🍷 wine/drink | 🍸 cocktail/drink |
    🍽️ plate and cutlery/meal lunch dinner
  `,
  doing: `
    🎉 party popper/tada celebrate hooray | 🎊 confetti/celebrate | 🎈 balloon/party | 🎁 present/gift |
    🏆 trophy/win prize | 🥇 gold medal/first win | 🥈 silver medal/second | 🥉 bronze medal/third | 🏅 medal/win |
    ⚽ football/soccer sport | 🏀 basketball/sport | 🏈 American football/sport | 🎾 tennis/sport | 🏐 volleyball/sport |
    🏓 table tennis/ping pong sport | 🏸 badminton/sport | ⛳ golf/sport | 🎿 skis/winter sport | 🏊 swimmer/sport |
    🚴 cyclist/bike sport | 🎯 bullseye/target goal | 🎮 video game/play | 🎲 die/dice game | 🧩 puzzle piece/fit |
    ♟️ chess pawn/game | 🎨 palette/art design | 🎭 masks/theatre | 🎬 clapper/film action | 🎤 microphone/sing |
    🎧 headphones/music listen | 🎵 note/music song | 🎸 guitar/music rock | 🎹 keyboard instrument/piano music |
    🥁 drum/music | 🎺 trumpet/music | 🎻 violin/music | 🎄 Christmas tree/holiday |
    🎃 jack-o-lantern/halloween pumpkin | 🎆 fireworks/new year
  `,
  places: `
    🚗 car/drive | 🚕 taxi/cab | 🚌 bus/travel | 🚲 bicycle/bike | 🛵 scooter/ride | 🚂 train/steam |
    🚆 railway/train travel | 🚇 underground/metro subway | ✈️ aeroplane/plane flight travel |
    🚀 rocket/launch ship fast | 🛸 flying saucer/ufo | 🚁 helicopter/fly | ⛵ sailing boat/sea | 🚢 ship/sea |
    ⚓ anchor/port | 🚦 traffic light/stop go | 🚧 construction/work wip | 🗺️ map/world | 🧭 compass/direction |
    🏔️ mountain/snow | 🏖️ beach/holiday | 🏕️ camping/tent | 🏠 house/home | 🏡 house with garden/home |
    🏢 office building/work | 🏥 hospital/doctor | 🏫 school/learn | 🏭 factory/work | 🏰 castle/old |
    🗼 tower/Paris Tokyo | 🌇 sunset/city | 🌃 night with stars/city | 🏁 chequered flag/finish done |
    🚩 red flag/problem | 🏳️ white flag/give up | 🏳️‍🌈 rainbow flag/pride | 🇪🇺 flag of the European Union/europe |
    🇺🇳 flag of the United Nations/un
  `,
  things: `
    💻 laptop/computer work | 🖥️ desktop computer/screen | ⌨️ keyboard/type | 🖱️ computer mouse/click |
    🖨️ printer/paper | 📱 mobile phone/call | ☎️ telephone/call | 🔋 battery/power | 🔌 plug/power |
    💡 light bulb/idea | 🔦 torch/light | 🕯️ candle/light | 📷 camera/photo | 🎥 film camera/video | 📺 television/tv |
    ⏰ alarm clock/time wake | ⏳ hourglass/wait time | ⌛ hourglass done/time over | ⏱️ stopwatch/time fast |
    📅 calendar/date | 📌 pushpin/pin | 📎 paper clip/attach | 📝 memo/note write | ✏️ pencil/write edit |
    🖊️ pen/write | 📄 page/document | 📚 books/read learn | 📖 open book/read | 🔖 bookmark/keep | 🏷️ label/tag |
    📦 package/box release | 📮 postbox/mail | ✉️ envelope/mail letter | 📧 e-mail/mail | 📣 megaphone/announce |
    🔔 bell/notify | 🔕 bell with slash/mute quiet | 🔍 magnifying glass/search find | 🔒 locked/lock secure |
    🔓 unlocked/open | 🔑 key/password | 🔨 hammer/build | 🛠️ hammer and wrench/fix tools | 🔧 wrench/fix tool |
    ⚙️ gear/settings | 🧪 test tube/test try | 🔬 microscope/science | 🔭 telescope/look | 💊 pill/medicine |
    🩹 plaster/fix patch | 🧹 broom/clean tidy | 🗑️ wastebasket/delete bin | 💰 money bag/rich | 💳 credit card/pay |
    💎 gem/precious | ⚖️ scales/law balance | 🛡️ shield/safe protect | 💣 bomb/boom | 🧯 fire extinguisher/incident |
    🧲 magnet/attract | 📈 chart going up/growth | 📉 chart going down/loss | 📊 bar chart/numbers |
    🎓 graduation cap/study | 👑 crown/king queen | 👓 glasses/see | 🎒 backpack/school | ☂️ umbrella/rain |
    🛒 shopping cart/buy | 🪄 magic wand/magic | 🧸 teddy bear/toy | 🪑 chair/seat | 🚪 door/leave | 🛏️ bed/sleep |
    🚿 shower/wash | 🧻 roll of paper/toilet
  `,
};
