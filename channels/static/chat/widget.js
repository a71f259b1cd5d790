/* Aftersale's chat: docs/widget.md */
(()=>{
let doc=document,TAG='aftersale-chat'
if(customElements.get(TAG))return
let set=doc.currentScript.dataset,base=new URL('.',doc.currentScript.src).href,
T={};
`
title=Help & support
placeholder=Write a message
you=You
bot=Assistant
greeting=Hello! I can help with orders, returns, points and offers.
starters=Where is my order?|Return something|Talk to a human
open=Open chat
unread={n} unread
close=Close chat
send=Send
attach=Add a photo
remove=Remove photo
photo=Photo
withBot=Automated assistant
withAgent=Chatting with {name}
waiting=A colleague will be with you
joined={name} has joined the chat
left=You’re talking with the bot again
typing={name} is typing
sending=Sending…
sent=Sent
failed=Not sent yet
refused=Not sent
again=Try again
offline=You’re offline. It’s sent when you’re back.
trouble=No connection. Nothing is lost; we keep trying.
notPhoto=Please choose a JPEG, PNG, WebP or GIF.
tooBig=A photo may have up to 8 MB.
copy=Copy
copied=Copied
order=Order {number}
total=Total
late={days_late} d late
due=expected {expected_at}
arrived=delivered {delivered_at}
parcel=Packed|On its way|Out for delivery|Delivered
way=Started|On its way|Received|Refunded
paid=Prepared|Sent
points={balance} points
next={points_to_next} more to {next_tier}
pending={pending} pending
from=from {pending_available_at}
expiring={expiring} expire on {expires_at}
until=Until {at}
applied=Yours
worth={v} voucher
soldOut=sold out
back=Return {number}
refund=Refund {number}
claim=Claim {number}
resend=Sent again
money=Refund
label=Label code
by=Hand in by
swap=Exchange for
address=New address`.replace(/^(\w+)=(.*)/gm,(_,k,v)=>T[k]=v)
try{Object.assign(T,JSON.parse(set.texts||'{}'))}catch(e){console.warn(e)}
Object.assign(T,set)

let CSS=`
:host{all:initial}
:where(:not(progress)){list-style:none;box-sizing:border-box;margin:0;padding:0;border:0;font:inherit;color:inherit}
[hidden]{display:none!important}
.root{--A:#1f5c4d;--B:#fff;--I:#1c2522;--mix:88%,#000;--bad:#a5352a;color-scheme:light}
.dark{--A:#27705e;--B:#161d1b;--I:#e9eeeb;--mix:40%,#fff;--bad:#f4a294;color-scheme:dark}
.root{--a:var(--aftersale-accent,$A);--on:var(--aftersale-on-accent,#fff);--bg:var(--aftersale-background,$B);--ink:var(--aftersale-text,$I);--link:color-mix(in srgb,$a $mix);--soft:color-mix(in srgb,$ink 6%,$bg);--line:color-mix(in srgb,$ink 14%,$bg);--mute:color-mix(in srgb,$ink 72%,$bg);--r:var(--aftersale-radius,18px);--gap:var(--aftersale-offset,24px);font:15px/1.5 var(--aftersale-font,system-ui,sans-serif);color:$ink;position:relative;z-index:var(--aftersale-z-index,99999999)}
button{background:none;cursor:pointer}
:focus-visible{outline:2px solid $link;outline-offset:1px}
svg{display:block;width:22px;fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.launch,.panel{position:fixed;inset:auto $gap max($gap,env(safe-area-inset-bottom)) auto}
.left>*{right:auto;left:$gap}
.launch,.icon,header>i{flex:none;width:42px;height:42px;border-radius:50%;display:grid;place-items:center}
.launch{width:60px;height:60px;box-shadow:0 6px 20px #0005}
.launch svg{width:28px}
.launch,.send,header>i,.customer .text{background:$a;color:$on}
.dot{position:absolute;top:-3px;right:-3px;min-width:23px;padding:0 6px;border-radius:12px;background:#b3261e;color:#fff;font:650 13px/23px system-ui}
.panel{width:380px;height:600px;max-height:calc(100vh - 2*$gap);background:$bg;border-radius:$r;overflow:hidden;box-shadow:0 0 0 1px $line,0 16px 48px #0005}
.panel[open],.row,.log{display:flex;flex-direction:column}
header,form{display:flex;align-items:center;gap:12px;padding:14px 12px 14px 18px;border-bottom:1px solid $line}
header div{flex:1}
h2{font-size:16px}
h2,b,.tag,.copy,[aria-current]{font-weight:650}
time,.line,.name,.meta,.q,header p,.steps,.tag,.pic{font-size:13px;color:$mute}
.icon:not(.send):hover,.quick button:hover{background:$soft}
.log{flex:1;overflow-y:auto;overscroll-behavior:contain;overflow-wrap:anywhere;padding:16px;outline-offset:-3px}
.row{align-items:flex-start;gap:6px;margin-top:6px}
.first,.dots{margin-top:14px}
.row:not(.first) .name{display:none}
.customer{align-items:flex-end}
time,.line{align-self:center;margin:8px}
.text,.dots{max-width:86%;padding:9px 14px;border-radius:$r $r $r 6px;background:$soft;white-space:pre-wrap}
.customer .text{border-radius:$r $r 6px}
a,.copy{color:$link;text-decoration:underline}
.customer a{color:inherit}
.bad{color:$bad}
.card{width:100%;padding:14px 16px;border:1px solid $line;border-radius:14px;font-size:14px;display:grid;gap:8px}
.pair,.code,.goods{display:flex;gap:12px;align-items:baseline}
.pair,.code{justify-content:space-between}
.tag{padding:2px 10px;border-radius:12px;background:$soft}
.steps,.dots{display:flex;gap:5px}
.steps li{flex:1;line-height:1.3;padding-top:7px;border-top:4px solid $line}
.steps .on{border-color:$link}
[aria-current]{color:$ink}
progress{width:100%;height:8px;accent-color:$link}
.code{padding:4px 12px;border:1px dashed $mute;border-radius:10px}
code{font:600 14px/1.7 ui-monospace,monospace}
.thumb,.goods img{width:64px;height:64px}
.goods img{flex:none;border-radius:10px;align-self:center}
img{object-fit:cover;display:block;background:$soft}
.chips,.quick{display:flex;flex-wrap:wrap;gap:8px}
.tag.q{text-decoration:line-through}
.quick button{padding:8px 15px;border:1px solid $link;border-radius:19px;color:$link;font-size:14px;text-align:left}
.quick button:disabled{display:none}
.stars{gap:0}
.stars button{width:44px;padding:0;border:0;font-size:31px;line-height:44px;text-align:center}
.stars:not(:hover,:focus-within) *,.stars :is(:hover,:focus)~*{color:$mute}
.pic{width:200px;height:150px}
.pic,.thumb{border-radius:14px;overflow:hidden}
:is(.pic,.thumb) img{width:100%;height:100%}
.dots{padding:15px;align-self:flex-start}
.dots i{width:7px;height:7px;border-radius:50%;background:$mute}
@media(prefers-reduced-motion:no-preference){.dots i{animation:dot 1.2s infinite}.dots i+i{animation-delay:.2s}}
@keyframes dot{30%{opacity:.25}}
.note{padding:8px 18px;background:$soft}
:is(.note,.tray):empty{display:none}
.tray{display:flex;gap:12px;padding:14px 18px 0}
.thumb{position:relative}
.thumb::after{content:'×';position:absolute;top:4px;right:4px;width:24px;border-radius:50%;background:$ink;color:$bg}
form{gap:4px;padding:10px 12px;border-width:1px 0 0;align-items:end}
textarea{flex:1;min-width:0;max-height:132px;padding:9px 14px;border:1px solid $mute;border-radius:21px;background:$bg;font-size:16px;line-height:22px;resize:none}
.send:disabled{opacity:.5}
.drop{box-shadow:inset 0 0 0 3px $link}
.view{margin:auto}
.view img{max-width:94vw;max-height:90vh}
::backdrop{background:#000c}
@media(max-width:520px){.root>.panel{inset:var(--top,0) 0 auto;width:100%;max-width:none;height:var(--h,100dvh);max-height:none;border-radius:0;padding:env(safe-area-inset-top) 0 env(safe-area-inset-bottom)}}
`.replace(/\$(\w+)/g,'var(--$1)')

/* what comes from outside becomes text, never markup */
let h=(name,...kids)=>{
	let[tag,cls]=name.split('.'),e=doc.createElement(tag||'div'),props=kids[0]?.constructor===Object?kids.shift():{}
	if(cls)e.className=cls
	for(let k in props)k in e?e[k]=props[k]:e.setAttribute(k,props[k])
	e.append(...kids.flat().filter(Boolean))
	return e
}
let icon=d=>{
	let[svg,path]=['svg','path'].map(n=>doc.createElementNS('http://www.w3.org/2000/svg',n))
	path.setAttribute('d',d)
	svg.setAttribute('viewBox','0 0 24 24')
	svg.append(path)
	return svg
}
let now=Date.now,
CROSS='M6 6l12 12M18 6L6 18',BUBBLE='M20.5 11.5a8 8 0 0 1-8 8H4l1.7-3.2a8 8 0 1 1 14.8-4.8zM8.5 9.8H16M8.5 13.3H13',
PHOTOS='image/jpeg,image/png,image/webp,image/gif',
button=(cls,label,onclick,kid)=>h('button.'+cls,{type:'button',onclick,...kid&&{ariaLabel:label}},kid||label),
page=doc.documentElement.lang,lang=set.lang||navigator.languages.find(l=>l.startsWith(page))||page,
many=name=>T[name].split('|'),
t=(name,values)=>T[name].replace(/{(\w+)}/g,(_,k)=>/at$/.test(k)?day(values[k]):values[k].toLocaleString(lang)),
money=(cents,currency)=>(cents/100).toLocaleString(lang,{style:'currency',currency}),
day=iso=>new Date(iso).toLocaleDateString(lang,{weekday:'short',day:'numeric',month:'short'}),
clock=iso=>(new Date(iso).toDateString()===Date().slice(0,15)?'':day(iso)+', ')+new Date(iso).toLocaleTimeString(lang,{timeStyle:'short'}),
web=url=>{try{url=url&&new URL(url,base);return/^https?:/.test(url)&&url.href}catch{}},
link=(url,text)=>(url=web(url))?h('a',{href:url,target:'_blank'},text):text,
linked=text=>text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]])/).map((part,i)=>i%2?link(part,part.replace(/(.{44}).+/,'$1…')):part),
uuid=()=>URL.createObjectURL(new Blob()).slice(-36),
box={},
get=(k,where='local')=>{try{return window[where+'Storage']['aftersale.'+k]}catch{return box[k]}},
put=(k,v,where='local')=>{try{window[where+'Storage']['aftersale.'+k]=v}catch{box[k]=v}},
claims=jwt=>{try{return JSON.parse(atob(jwt.split('.')[1].replace(/[-_]/g,c=>c<'_'?'+':'/')))}catch{return{}}},
who=jwt=>claims(jwt).sub

/* cards */
let pair=(key,value)=>value&&h('.pair',h('span.q',key),h('span',value)),
card=(head,tag,...body)=>h('.card',h('.pair',h('b',head),tag&&h('span.tag',word(tag))),...body.flat()),
dim=text=>text&&h('p.q',text),
until=at=>at&&dim(t('until',{at})),
word=s=>T[s]||s[0].toUpperCase()+s.slice(1).replaceAll('_',' '),
goods=c=>h('ul',(c.items||[]).map(i=>h('li',i.quantity>1?`${i.quantity} × ${i.title}`:i.title))),
steps=(names,at,now)=>h('ol.steps',names.map((name,i)=>h(i>at?'li':'li.on',i===at?{ariaCurrent:'step'}:{},i===at&&now||name))),
code=value=>{
	let text=h('code',value),said=h('span',{role:'status'},T.copy),copy=button('copy',`${T.copy} ${value}`,async()=>{
		try{await navigator.clipboard.writeText(value)}catch{getSelection().selectAllChildren(text);doc.execCommand('copy')}
		said.textContent=T.copied
		setTimeout(()=>said.textContent=T.copy,3e3)
	},said)
	return h('.code',text,copy)
}
let AT={in_transit:1,delayed:1,lost:1,out_for_delivery:2,ready_for_pickup:2,received:2,delivered:3,collected:3,refunded:3,exchanged:3},
parcel=p=>{
	let s=p.status,at=AT[s]||0
	return[steps(many('parcel'),at,/de?la|lost|pick|coll/.test(s)&&word(s)),dim([p.tracking_number&&`${p.carrier} ${p.tracking_number}`,
		p.delivered_at?t('arrived',p):p.expected_at&&t('due',p),
		p.days_late&&at<3&&t('late',p)].filter(Boolean).join(' · '))]
}
let CARDS={
	__proto__:null,
	order:c=>card(t('order',c),c.status_text,goods(c),(c.parcels||[]).flatMap(parcel),pair(T.total,c.total)),
	orders:c=>c.orders.map(CARDS.order),
	points:c=>card(t('points',c),c.tier,c.next_tier&&[
		h('progress',{max:c.points_12_months+c.points_to_next,value:c.points_12_months,ariaLabel:c.next_tier}),
		dim(t('next',{...c,next_tier:word(c.next_tier)}))],
		c.pending>0&&dim(`${t('pending',c)} ${c.pending_available_at?t('from',c):''}`),
		c.expiring>0&&dim(t('expiring',c))),
	offers:c=>c.offers.map(o=>card(o.title,o.status==='applied'&&'applied',dim(o.description),dim(o.reason),o.code&&code(o.code),until(o.ends_at))),
	voucher:c=>card(t('worth',{v:money(c.value_cents,c.currency)}),0,code(c.code),until(c.expires_at)),
	products:c=>h('.card',c.products.map(p=>h('.goods',[web(p.picture)].map(src=>src&&h('img',{src,alt:'',onerror(){this.remove()}})),
		h('',h('b',link(p.url,p.name)),dim(p.why||p.description),p.price_cents>=0&&h('p',money(p.price_cents,p.currency)))))),
	stock:c=>card(c.product,0,[...new Set(c.variants.map(v=>v.color))].map(color=>h('',dim(color),h('ul.chips',c.variants.filter(v=>v.color===color).map(v=>
		Object.values(v.stock).some(n=>n>0)?h('li.tag',v.size):h('li.tag q',{title:T.soldOut},v.size,h('span.sr',' '+T.soldOut))))))),
	article:c=>card(link(c.url,c.title),0,(c.related||[]).map(r=>link(r.url,r.title))),
	return(c){
		let at=AT[c.status]||0,over=/cance|rejec/.test(c.status),swap=c.resolution==='exchange'
		return card(t('back',c),over&&c.status,goods(c),!over&&steps(many('way').with(3,word(swap?'exchanged':'refunded')),at),
			pair(T.money,c.amount&&[c.amount,c.where].filter(Boolean).join(' → ')),pair(T.swap,c.exchange),pair(T.by,c.hand_in_by),at<2&&c.label_code&&[dim(T.label),code(c.label_code)])
	},
	refund:c=>card(t('refund',c),c.amount,steps(many('paid'),+(c.status!=='pending'),c.status==='failed'&&word('failed')),dim(c.where)),
	cancellation:c=>card(t('order',c),'cancelled',pair(T.money,c.refund)),
	address:c=>card(t('order',c),T.address,h('p',c.address)),
	claim:c=>card(t('claim',c),c.kind,goods(c),pair(T.resend,c.replacement),pair(T.money,c.amount)),
	reservation:c=>card(`${c.quantity} × ${c.product}`,0,h('p',c.shop+', '+c.address),pair(c.name,c.number),until(c.until)),
	rating:()=>0,
}
// files, and whatever is new
let other=c=>card(link(c.url,(c.title||c.name||c.number).trim()),0,dim(c.text||c.description),until(c.expires_at))
let draw=c=>{try{return(CARDS[c.type]||other)(c)}catch{}}

/* state */
let token=get('token'),last=0,owner,agent,typing,waiting=0,answered=0,unsent=2**50,lines=0,typed=0,opened,known,
starting,flushing,stop,files=[],hurry=()=>{},live=0,renewal,nap,lull,stuck=1,
rows=[],blobs={},
pause=ms=>new Promise(done=>{let before=hurry;hurry=()=>{before();done()};setTimeout(done,ms)}),
later=(n,e)=>pause(Math.max(e.after*1e3||0,Math.min(500*2**n,3e4))),
pending=()=>JSON.parse(get('outbox')||'[]'),
drop=id=>put('outbox',JSON.stringify(pending().filter(i=>i.id!==id)))

/* view */
let count=h('span.dot'),status=h('p'),note=h('p.note',{role:'status'}),tray=h('.tray'),
launch=button('launch',T.open,()=>show(1),h('',icon(BUBBLE),count)),
dots=h('.dots',h('i'),h('i'),h('i'),h('span.sr')),
starters=h('.quick',many('starters').map(s=>button('',s,()=>say(s)))),
log=h('.log',{role:'log',ariaLive:'polite',ariaLabel:T.title,tabIndex:0},h('.row',h('p.text',T.greeting),starters),dots),
field=h('textarea',{rows:1,maxLength:8000,placeholder:T.placeholder,ariaLabel:T.placeholder,value:get('draft')||''}),
file=h('input',{type:'file',accept:PHOTOS,multiple:1,hidden:1,onchange:()=>attach(file.files)}),
go=button('icon send',T.send,()=>submit(),icon('M12 19V5M6 11l6-6 6 6')),
panel=h('dialog.panel',{ariaLabel:T.title},
	h('header',h('i',icon(BUBBLE)),h('',h('h2',T.title),status),button('icon',T.close,()=>show(),icon(CROSS))),log,note,tray,
	h('form',file,button('icon',T.attach,()=>file.click(),icon('M4 8h3l2-3h6l2 3h3v11H4zM12 16.5a3 3 0 1 0 0-7 3 3 0 0 0 0 7z')),field,go))
let big=h('img',{alt:T.photo}),view=h('dialog.view',{ariaLabel:T.photo,onclick:()=>view.close()},button('',T.close,null,big)),
root=h('.root',launch,panel,view),sheet=new CSSStyleSheet()
sheet.replaceSync(CSS)
let dark=matchMedia('(prefers-color-scheme:dark)'),phone=matchMedia('(max-width:520px)'),
paint=dark.onchange=()=>root.className=`root ${set.position} ${set.theme||(dark.matches?'dark':'')}`
paint()
if(set.accent)root.style.setProperty('--a',set.accent)
let tell=text=>note.textContent=text||'',
toEnd=()=>{if(stuck)log.scrollTop=1e9},
rest=()=>(phone.matches?log:field).focus(),
ready=()=>{go.disabled=!field.value.trim()&&!files[0];field.style.height=0;field.style.height=Math.max(field.scrollHeight+2,42)+'px'}
let show=(open,quietly)=>{
	put('open',opened=open?1:'','session')
	launch.hidden=open
	if(!open)panel.close()
	else if(quietly)panel.open=true
	else if(!panel.open)panel[phone.matches?'showModal':'show']()
	if(!quietly)open?rest():launch.focus()
	if(open){known||start();fit();ready()}
	tidy()
}
let fit=()=>{ // phone: above the keyboard
	let v=visualViewport
	if(v.scale<1.01)panel.style.cssText=`--h:${v.height}px;--top:${v.offsetTop}px`
}

/* messages */
let insert=(m,el,time={})=>{
	Object.assign(m,{el,time})
	let i=rows.length
	while(i&&rows[i-1].id>m.id)i--
	log.insertBefore(el,rows[i]?.el||dots)
	rows.splice(i,0,m)
	if(m.author==='customer')stuck=1
}
let photo=blob=>{
	let img=h('img',{alt:''}),pic=button('pic',T.photo,()=>{big.src=img.src;view.showModal()},img)
	Promise.resolve(blob).then(b=>img.src=URL.createObjectURL(b),()=>pic.append('?'))
	return pic
}
let choices=({custom:c,buttons:list=[]})=>{
	let stars=c?.type==='rating'
	return list[0]&&h(stars?'.quick stars':'.quick',list.map(b=>button('',b.title,()=>{say(b.title,b.payload);rest()},stars&&'★')))
}
let mark=(id,state,why)=>{
	let meta=rows.find(r=>r.client_id===id)?.el.lastChild
	meta?.classList.toggle('bad',/ed$/.test(state))
	meta?.replaceChildren(why||T[state],' ',state==='failed'?button('copy',T.again,()=>hurry()):'')
}
let add=m=>{
	let own=m.author==='customer',old=rows.find(r=>r.id===m.id||own&&m.client_id&&r.client_id===m.client_id)
	if(old){old.id=m.id;if(own)mark(m.client_id,'sent');return}
	if(!own&&m.id>answered)answered=m.id
	if(answered>waiting)waiting=0
	if(/system|line/.test(m.author))return insert(m,h('p.line',m.text))
	let time=h('time',{dateTime:m.at},clock(m.at))
	insert(m,h('.row '+m.author,time,h('span.sr',`${own?T.you:m.name||T.bot}: `),m.author==='agent'&&h('span.name',m.name),
		m.text&&h('p.text',linked(m.text)),(m.photos||[]).map(p=>photo(p.size?p:call('photos/'+p).then(r=>r.blob()))),
		m.custom&&draw(m.custom),choices(m),own&&h('p.meta')),time)
}
let tidy=()=>{
	let before,unread=0,
	read=get('seen')||0,newest=rows.findLast(r=>!/system|line/.test(r.author))
	starters.hidden=rows[0]
	for(let r of rows){
		r.time.hidden=before&&new Date(r.at)-new Date(before.at)<6e5
		r.el.classList.toggle('first',!r.time.hidden||before.author!==r.author)
		r.el.querySelectorAll('.quick button').forEach(b=>b.disabled=r!==newest)
		if(r.author==='customer')r.el.lastChild.hidden=r!==newest&&r.id<2**50
		if(/bot|agent/.test(r.author)&&r.id>read)unread++
		before=r
	}
	if(unread&&opened&&!doc.hidden){put('seen',last);call('read',{last_id:last}).catch(Boolean);unread=0}
	count.hidden=!unread
	count.textContent=unread
	launch.ariaLabel=T.open+(unread?`, ${t('unread',{n:unread})}`:'')
	status.textContent=owner!=='agent'?T.withBot:agent?t('withAgent',{name:agent}):T.waiting
	let busy=typing||waiting&&owner==='bot'
	dots.hidden=!busy
	dots.lastChild.textContent=busy?t('typing',{name:agent||T.bot}):''
	toEnd()
}
let take=(s,first)=>{
	let line=s.owner&&!first&&(s.agent&&s.owner==='agent'?s.agent!==agent&&t('joined',{name:s.agent}):s.owner==='bot'&&agent&&T.left)
	if(s.owner)({owner,typing,agent}=s.owner==='bot'?{...s,agent:null}:s)
	for(let m of s.messages||[]){add(m);last=Math.max(last,m.id)}
	if(line)add({id:last+(lines+=1e-6),author:'line',text:line,at:new Date()})
	tidy()
}

/* wire */
let ask=(...a)=>call(...a).then(r=>r.json()),
call=async(path,body,signal=AbortSignal.timeout(6e4))=>{
	if(body&&!body.size)body=new Blob([JSON.stringify(body)],{type:'application/json'})
	let r=await fetch(base+path,{method:body?'POST':'GET',signal,body,headers:token&&{Authorization:'Bearer '+token}})
	if(r.ok)return r
	throw{...(await r.json().catch(()=>({}))).error,status:r.status,after:+r.headers.get('Retry-After')}
}
let excuse=e=>tell(!navigator.onLine?T.offline:e.status===429&&e.message||T.trouble),
start=lazily=>starting||=begin(lazily).finally(()=>starting=0),
begin=async lazily=>{
	for(let n=0,unsure=0,identity;;n++)try{
		if(set.identityUrl&&unsure<3){
			unsure++
			let r=await fetch(set.identityUrl,{cache:'no-store'})
			if(r.status>403)throw{}
			identity=(await r.json()).token
			unsure=0
		}
		if(lazily&&!identity&&!token)return
		token=get('token')
		// not knowing signs nobody out
		let s=unsure===3&&claims(token).signed_in?{token}:await ask('session',{token,identity}),first=!known||who(s.token)!==who(known)
		if(first){
			if(known)put('seen',0)
			rows.splice(0).forEach(r=>r.el.remove())
			last=waiting=answered=0
			pending().forEach(queue)
		}
		put('token',known=token=s.token)
		tell()
		log.ariaLive='off'
		if(s.proactive)s.messages.push(s.proactive)
		let from=last
		take(s,first)
		last=from||s.last_id||0
		setTimeout(()=>log.ariaLive='polite',500)
		clearTimeout(renewal)
		if(identity||unsure)renewal=setTimeout(start,Math.max(claims(identity).exp*1e3-now()-6e4,5e3)||6e4)
		listen()
		return void flush()
	}catch(e){if(e.code==='bad_identity')unsure=9,identity=null;if(opened)excuse(e);await later(n,e)}
}
let queue=i=>{add({...i,id:++unsent,author:'customer',client_id:i.id,photos:[blobs[i.id]].filter(Boolean)});mark(i.id,'sending')},
say=(text,payload,blob)=>{
	let i={id:uuid(),text,payload,at:new Date(),photo:blob&&1}
	blobs[i.id]=blob
	if(blob)store(c=>c.put('/'+i.id,new Response(blob)))
	put('outbox',JSON.stringify([...pending(),i]))
	queue(i)
	tidy()
	flush()
}
let store=async use=>{try{return await use(await caches.open('aftersale'))}catch{}},
flush=async()=>{
	if(flushing)return
	flushing=true
	for(let i,n=0;i=pending()[0];)try{
		await(token?starting:start())
		let blob=i.photo&&(blobs[i.id]||await store(c=>c.match('/'+i.id)).then(r=>r?.blob()))
		if(i.photo&&!blob)throw{status:400}
		let{id}=await ask(blob?'photos?'+new URLSearchParams({id:i.id,text:i.text}):'messages',blob||{id:i.id,text:i.text,payload:i.payload})
		drop(i.id)
		if(blob)store(c=>c.delete('/'+i.id))
		add({id,author:'customer',client_id:i.id})
		if(id>answered){waiting=id;clearTimeout(lull);lull=setTimeout(()=>{waiting=0;tidy()},45e3)}
		n=0
		tell()
		tidy()
	}catch(e){
		if(e.status>=400&&e.status<500&&![401,408,429].includes(e.status)){drop(i.id);mark(i.id,'refused',e.message);continue}
		mark(i.id,'failed')
		excuse(e)
		await later(++n,e)
		mark(i.id,'sending')
		if(e.status===401)await start()
	}
	flushing=false
}
let poll=async()=>take(await ask('messages?after='+last)),
stream=async mine=>{
	let cut=stop=new AbortController(),began=now(),
	heard=began,text='',
	watch=setInterval(()=>{let silent=now()-heard;if(silent>4e4)cut.abort();else if(heard===began&&silent>3e3)poll().catch(Boolean)},2e3)
	try{
		let r=await call('stream?after='+last,null,cut.signal),
		reader=r.body.pipeThrough(new TextDecoderStream()).getReader()
		for(let part;!(part=await reader.read()).done;){
			heard=now()+1
			let events=(text+=part.value).split(/\n\r?\n/)
			text=events.pop()
			for(let event of events){let data=/^data: ?(.*)/m.exec(event);if(data&&mine===live)take(/^event: ?state/m.test(event)?JSON.parse(data[1]):{messages:[JSON.parse(data[1])]})}
		}
	}finally{clearInterval(watch);cut.abort()}
	if(now()-began<3e3)throw{}
}
let listen=async()=>{ // streams; after two failures polls for a while
	let mine=++live
	stop?.abort()
	for(let fails=0;mine===live&&!doc.hidden;)try{
		if(fails<2){await stream(mine);fails=0;continue}
		for(let i=0;i<6&&mine===live;i++){await poll();await pause(opened?2500:1e4)}
		fails=1
	}catch(e){
		if(mine!==live)return
		if(e.status===401)return start()
		await later(fails++,e)
	}
}

/* events */
log.onscroll=()=>stuck=log.scrollHeight-log.scrollTop-log.clientHeight<80
new ResizeObserver(toEnd).observe(log)
let submit=()=>{
	let text=field.value.trim()
	if(text&&!files[0])say(text)
	files.forEach((f,i)=>say(i?'':text,undefined,f))
	files=[]
	put('draft',field.value='')
	preview()
	field.focus()
}
let attach=list=>{
	tell()
	for(let f of list)if(!f.type||!PHOTOS.includes(f.type))tell(T.notPhoto);else if(f.size>8e6)tell(T.tooBig);else files=[...files,f].slice(0,4)
	file.value=''
	preview()
}
let preview=()=>{
	tray.replaceChildren(...files.map(f=>button('thumb',T.remove,()=>{files=files.filter(x=>x!==f);preview();rest()},h('img',{src:URL.createObjectURL(f),alt:f.name}))))
	ready()
}
field.oninput=()=>{ready();put('draft',field.value);if(owner==='agent'&&now()-typed>3e3){typed=now();call('typing',{}).catch(Boolean)}}
field.onkeydown=e=>{if(e.key==='Enter'&&!e.shiftKey&&!e.isComposing){e.preventDefault();submit()}}
field.onpaste=e=>{if(e.clipboardData.files[0]){e.preventDefault();attach(e.clipboardData.files)}}
panel.ondragover=panel.ondragleave=panel.ondrop=e=>{e.preventDefault();panel.classList.toggle('drop',e.type==='dragover');if(e.type==='drop')attach(e.dataTransfer.files)}
panel.onkeydown=e=>{if(e.key==='Escape')show()}
panel.onclose=()=>opened&&show()
let on=(type,act)=>addEventListener(type,act,true)
for(let type of['resize','scroll'])visualViewport.addEventListener(type,fit)
on('online',()=>{tell();hurry()})
on('offline',()=>opened&&tell(T.offline))
on('aftersale:identity',()=>start())
on('storage',()=>{let now=get('token'),other=who(now)!==who(token);token=now;if(other&&now)start();tidy()})
on('visibilitychange',()=>{clearTimeout(nap);if(doc.hidden)nap=setTimeout(()=>{live++;stop?.abort();nap=0},3e4);else{if(!nap&&known)listen();tidy()}})
window.Aftersale={open:()=>show(1),close:()=>show(),send:text=>say(`${text}`)}
customElements.define(TAG,class extends HTMLElement{
	connectedCallback(){
		if(this.shadowRoot)return
		let shadow=this.attachShadow({mode:'open'})
		shadow.adoptedStyleSheets=[sheet]
		shadow.append(root)
		pending().forEach(queue)
		tidy()
		if(get('open','session'))show(1,1);else start(!pending()[0])
	}
})
let place=()=>doc.body.append(doc.createElement(TAG))
doc.body?place():addEventListener('DOMContentLoaded',place)
})()
