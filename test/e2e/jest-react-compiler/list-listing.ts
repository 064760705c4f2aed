/** Of `src/list.jsx` of the fixture, counted by hand: what React Compiler memoizes runs as often as it does with it. */
export const LISTING = `    1: import { memo, useState } from 'react'
    1: import { Title } from './title.js'
    1: import { total } from './total.js'
       
    1: export const renders = { child: 0, legend: 0 }
       
    1: const Child = memo(function Child({ items, onPick }) {
    4:   renders.child++
    4:   return (
    1:     <ul onClick={() => onPick(items[0])}>
    8:       {items.map((item) => (
               <li key={item}>{item}</li>
             ))}
           </ul>
         )
       })
       
    1: function Legend({ names }) {
         'use no memo'
    2:   renders.legend++
    2:   return <p>{names.join()}</p>
       }
       
    1: export function List({ n, onPick }) {
    7:   const [clicks, setClicks] = useState(0)
    4:   const items = [n, 9]
    2:   const pick = (item) => {
    1:     setClicks(clicks + 1)
    1:     onPick(item)
         }
    7:   if (n > 5) {
    1:     return null
         }
    6:   return (
           <section title={n > 1 ? 'many' : 'few'}>
             <Title $loud={n > 1}>list</Title>
             <Child items={items} onPick={pick} />
             <Legend names={['a', 'b']} />
             {clicks > 0
    1:         ? <b>{clicks}</b>
    2:         : ['x', 'y'].map((text) => <u key={text}>{text}</u>)}
             <i>{total(items)}</i>
           </section>
         )
       }
       
    1: export function double(n) {
    1:   return n * 2
       }
       
    1: export function Broken({ reason }) {
    3:   const text = reason.toUpperCase()
    3:   if (text.length > 3) throw new Error(text)
    1:   return <p>{text}</p>
       }
`
