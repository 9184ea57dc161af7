# ruff: noqa: E501  (a sentence stands on one line, its figures below)
from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import quantities
from rag.schema import LANGUAGES, Qualifier, Quantity, Span

# Language, sentence, and for each figure: its words, low, high, unit, aspect, qualifier.
FIGURES: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    # --- a number behind "in", "for" with a noun of its own is where or how long, not who
    ("en", "In 12 workshops people were injured.", [("12", 12, 12, "other", None, "exact")]),
    ("de", "In zwölf Werkstätten wurden Menschen verletzt.",
     [("zwölf", 12, 12, "other", None, "exact")]),
    ("uk", "У дванадцяти цехах поранило людей.",
     [("дванадцяти", 12, 12, "other", None, "exact")]),
    ("ru", "В двенадцати цехах ранены люди.",
     [("двенадцати", 12, 12, "other", None, "exact")]),
    ("de", "Aus vier Landkreisen flohen 5.300 Bewohner.",
     [("vier Landkreisen", 4, 4, "regions", None, "exact"),
      ("5.300 Bewohner", 5300, 5300, "inhabitants", None, "exact")]),
    # --- a clause about something else says nothing of the figure
    ("en", "Ten thousand troops do not make up for what Russia is losing.",
     [("Ten thousand troops", 10000, 10000, "soldiers", None, "exact")]),
    # --- a verb right before the next figure is that one's
    ("ru", "Погибли, по данным штаба, два человека, ранены 14.",
     [("два человека", 2, 2, "killed", "killed", "exact"),
      ("14", 14, 14, "wounded", "wounded", "exact")]),
    ("uk", "Врятували 22, четверо зникли безвісти.",
     [("22", 22, 22, "other", None, "exact"),
      ("четверо зникли", 4, 4, "missing", "missing", "exact")]),
    # --- verbs of change: both ends, and no other sense of the verb
    ("de", "Der Kurs fiel von 90 auf 84 Rubel.",
     [("90", 90, 90, "rub", None, "exact"), ("84 Rubel", 84, 84, "rub", None, "exact")]),
    ("uk", "Кількість загиблих збільшилась із трьох до п'яти.",
     [("трьох", 3, 3, "killed", "killed", "exact"),
      ("п'яти", 5, 5, "killed", "killed", "exact")]),
    ("en", "The premium went up from 0.9 to 1.4 per cent.",
     [("0.9", 0.9, 0.9, "percent", None, "exact"),
      ("1.4 per cent", 1.4, 1.4, "percent", None, "exact")]),
    # --- who sits in prison is a prisoner, whatever noun counts him
    ("de", "In russischen Gefängnissen befänden sich noch rund 6.200 Soldaten.",
     [("rund 6.200 Soldaten", 6200, 6200, "prisoners", "captured", "about")]),
    ("en", "Some 6,200 soldiers are still in Russian captivity.",
     [("Some 6,200 soldiers", 6200, 6200, "prisoners", "captured", "about")]),
    ("uk", "У російських тюрмах досі перебувають 6200 військових.",
     [("6200 військових", 6200, 6200, "prisoners", "captured", "exact")]),
    ("ru", "В российских тюрьмах находятся 6200 военных.",
     [("6200 военных", 6200, 6200, "prisoners", "captured", "exact")]),
    # --- a crew is people; a thousand in every case
    ("uk", "Із 26 членів екіпажу врятували чотирьох.",
     [("26 членів", 26, 26, "people", None, "exact"),
      ("чотирьох", 4, 4, "people", None, "exact")]),
    ("ru", "Речь идёт о тысяче военных.",
     [("тысяче военных", 1000, 1000, "soldiers", None, "exact")]),
    # --- who is added to others is no total
    ("en", "Two more people died in hospital, bringing the death toll to five.",
     [("Two more people", 2, None, "killed", "killed", "at_least"),
      ("five", 5, 5, "killed", "killed", "exact")]),
    ("de", "Weitere zwei Menschen starben, damit stieg die Zahl der Toten auf fünf.",
     [("zwei Menschen", 2, None, "killed", "killed", "at_least"),
      ("fünf", 5, 5, "killed", "killed", "exact")]),
    ("uk", "Ще двоє людей загинули, кількість загиблих зросла до п'яти.",
     [("двоє людей", 2, None, "killed", "killed", "at_least"),
      ("п'яти", 5, 5, "killed", "killed", "exact")]),
    ("ru", "Ещё двое человек погибли, число погибших выросло до пяти.",
     [("двое человек", 2, None, "killed", "killed", "at_least"),
      ("пяти", 5, 5, "killed", "killed", "exact")]),
    ("en", "Three were wounded. Another two people were killed.",
     [("Three", 3, 3, "wounded", "wounded", "exact"),
      ("two people", 2, None, "killed", "killed", "at_least")]),
    # "another" that goes on with a list adds nothing to the figure before
    ("en", "Seven were killed, another 23 wounded.",
     [("Seven", 7, 7, "killed", "killed", "exact"),
      ("23 wounded", 23, 23, "wounded", "wounded", "exact")]),
    ("en", "Seoul sent 100 more soldiers to the border.",
     [("100 more soldiers", 100, 100, "soldiers", "sent", "exact")]),
    # --- a word that numbers may be a verb
    ("en", "Germany will train 400 Ukrainian combat engineers.",
     [("400 Ukrainian combat engineers", 400, 400, "engineers", "planned", "exact")]),
    ("en", "They took the train 400 to Kovel.", []),
    ("de", "Deutschland wird 400 ukrainische Pioniere ausbilden.",
     [("400 ukrainische Pioniere", 400, 400, "engineers", "planned", "exact")]),
    # --- the month is no verb
    ("en", "On 18 May 300 soldiers were there.",
     [("300 soldiers", 300, 300, "soldiers", "present", "exact")]),
    # --- households, houses, schools are counted apart
    ("de", "48.000 Haushalte sind ohne Strom, 30 Häuser und zwei Schulen wurden beschädigt.",
     [("48.000 Haushalte", 48000, 48000, "households", None, "exact"),
      ("30 Häuser", 30, 30, "houses", "destroyed", "exact"),
      ("zwei Schulen", 2, 2, "schools", "destroyed", "exact")]),
    ("en", "48,000 households are without power. 30 houses and two schools were damaged.",
     [("48,000 households", 48000, 48000, "households", None, "exact"),
      ("30 houses", 30, 30, "houses", "destroyed", "exact"),
      ("two schools", 2, 2, "schools", "destroyed", "exact")]),
    ("uk", "48 000 домогосподарств без світла. Пошкоджено 30 будинків і дві школи.",
     [("48 000 домогосподарств", 48000, 48000, "households", None, "exact"),
      ("30 будинків", 30, 30, "houses", "destroyed", "exact"),
      ("дві школи", 2, 2, "schools", "destroyed", "exact")]),
    ("ru", "48 000 домохозяйств без света. Повреждены 30 домов и две школы.",
     [("48 000 домохозяйств", 48000, 48000, "households", None, "exact"),
      ("30 домов", 30, 30, "houses", "destroyed", "exact"),
      ("две школы", 2, 2, "schools", "destroyed", "exact")]),
    # --- German
    ("de", "Seoul und Kiew berichten, dass Pjöngjang zwischen 10.000 und 12.000 Soldaten nach Russland geschickt hat.",
     [("zwischen 10.000 und 12.000 Soldaten", 10000, 12000, "soldiers", "sent", "exact")]),
    ("de", "Die Behörden meldeten am Freitag mindestens 300 Tote und rund 2.700 Verletzte.",
     [("mindestens 300 Tote", 300, None, "killed", "killed", "at_least"),
      ("rund 2.700 Verletzte", 2700, 2700, "wounded", "wounded", "about")]),
    ("de", "Nach Angaben des Geheimdienstes wurden 1.000 Soldaten getötet oder verwundet.",
     [("1.000 Soldaten", 1000, 1000, "killed_and_wounded", "killed_and_wounded", "exact")]),
    ("de", "Etwa 8.000 von ihnen befinden sich laut Blinken bereits in Kursk.",
     [("Etwa 8.000", 8000, 8000, "other", "present", "about")]),
    ("de", "Die Ukraine kontrolliert nach eigenen Angaben 1.294 Quadratkilometer und 100 Ortschaften.",
     [("1.294 Quadratkilometer", 1294, 1294, "square_km", "controlled", "exact"),
      ("100 Ortschaften", 100, 100, "settlements", "controlled", "exact")]),
    ("de", "Die Zahl der nordkoreanischen Soldaten in Russland stieg inzwischen auf 12.000.",
     [("12.000", 12000, 12000, "soldiers", None, "exact")]),
    ("de", "Mehrere Tausend nordkoreanische Soldaten werden im Osten Russlands ausgebildet.",
     [("Mehrere Tausend nordkoreanische Soldaten", 2000, 9999, "soldiers", "trained", "vague")]),
    ("de", "Zehntausende Menschen wurden aus der Grenzregion evakuiert.",
     [("Zehntausende Menschen", 20000, 99999, "people", "evacuated", "vague")]),
    ("de", "Bis zu 12.000 Mann will Nordkorea nach Einschätzung Kiews entsenden.",
     [("Bis zu 12.000 Mann", None, 12000, "soldiers", "planned", "at_most")]),
    ("de", "Pjöngjang habe zehn- bis zwölftausend Kämpfer verlegt, hieß es.",
     [("zehn- bis zwölftausend Kämpfer", 10000, 12000, "soldiers", "sent", "exact")]),
    ("de", "Es seien 10- bis 12.000 Mann nach Kursk verlegt worden.",
     [("10- bis 12.000 Mann", 10000, 12000, "soldiers", "sent", "exact")]),
    ("de", "Nach ukrainischer Darstellung fielen dort fast 4.000 Nordkoreaner.",
     [("fast 4.000 Nordkoreaner", 4000, 4000, "killed", "killed", "about")]),
    ("de", "Die Verluste beliefen sich auf mehr als 6.000 Soldaten.",
     [("mehr als 6.000 Soldaten", 6000, None, "losses", "lost", "at_least")]),
    ("de", "Die 810. Brigade und die 155. Brigade verloren je 20 Prozent ihrer Panzer.",
     [("20 Prozent", 20, 20, "percent", "lost", "exact")]),
    ("de", "Moskau meldet den Abschuss von 47 Drohnen in der Nacht zum 5. November.",
     [("47 Drohnen", 47, 47, "drones", "downed", "exact")]),
    ("de", "Der 24-Jährige lief am 28. Oktober 2024 gegen 3.15 Uhr über.", []),
    ("de", "Artikel 4 des Vertrags verweist auf Artikel 51 der UN-Charta.", []),
    ("de", "Die Resolution 2397 verbietet die Entsendung von Arbeitern seit 2017.", []),
    ("de", "Kampfjets vom Typ F-16 und Panzer vom Typ T-72 wurden gesichtet, auch ein Su-35.", []),
    ("de", "Seit Februar 2022 führt Russland Krieg; 2014 wurde die Krim annektiert.", []),
    ("de", "Das Paket umfasst Hilfen im Wert von 1,5 Milliarden Euro.",
     [("1,5 Milliarden Euro", 1.5e9, 1.5e9, "eur", None, "exact")]),
    ("de", "Die Hälfte der entsandten Soldaten wurde verwundet.",
     [("Die Hälfte", 50, 50, "percent", "wounded", "exact")]),
    ("de", "Rund ein Drittel der 11.000 Nordkoreaner sei getötet oder verletzt worden.",
     [("Rund ein Drittel", 33, 34, "percent", "killed_and_wounded", "about"),
      ("11.000 Nordkoreaner", 11000, 11000, "people", None, "exact")]),
    ("de", "Zwei verwundete nordkoreanische Soldaten gerieten in Gefangenschaft.",
     [("Zwei verwundete nordkoreanische Soldaten", 2, 2, "prisoners", "captured", "exact")]),
    ("de", "Nur ein Soldat sei verletzt worden, ein Sprecher teilte das der Armee mit.",
     [("ein Soldat", 1, 1, "wounded", "wounded", "exact")]),
    ("de", "Bei dem Angriff starb mindestens ein Mensch, zwölf weitere wurden verletzt.",
     [("mindestens ein Mensch", 1, None, "killed", "killed", "at_least"),
      ("zwölf", 12, 12, "wounded", "wounded", "exact")]),
    ("de", "Kiew schlägt eine 30-tägige Waffenruhe vor, Washington einen 28-Punkte-Plan.",
     [("30-tägige", 30, 30, "days", None, "exact"), ("28-Punkte", 28, 28, "points", None, "exact")]),
    ("de", "Nach Informationen des Dienstes sollen 3.000 Soldaten bereits geschickt worden sein.",
     [("3.000 Soldaten", 3000, 3000, "soldiers", "sent", "exact")]),
    ("de", "Sie sprach von 10.000 nordkoreanischen und anderen ausländischen Soldaten in der Region.",
     [("10.000 nordkoreanischen und anderen ausländischen Soldaten", 10000, 10000, "soldiers", None, "exact")]),
    ("de", "Der Minister berichtete über 300 Gefangene.",
     [("300 Gefangene", 300, 300, "prisoners", "captured", "exact")]),
    ("de", "Anderthalb Millionen Sprengkörper wurden laut Schoigu geräumt.",
     [("Anderthalb Millionen Sprengkörper", 1.5e6, 1.5e6, "explosives", None, "exact")]),
    ("de", "Zweihundertfünfzig Tote zählte der Dienst, Hunderte wurden vermisst.",
     [("Zweihundertfünfzig Tote", 250, 250, "killed", "killed", "exact"),
      ("Hunderte", 200, 999, "missing", "missing", "vague")]),
    # --- English
    ("en", "Pyongyang has sent between 10,000 and 12,000 troops to Russia, officials said.",
     [("between 10,000 and 12,000 troops", 10000, 12000, "soldiers", "sent", "exact")]),
    ("en", "At least 100 North Koreans have been killed and nearly 1,000 wounded, Seoul said.",
     [("At least 100 North Koreans", 100, None, "killed", "killed", "at_least"),
      ("nearly 1,000 wounded", 1000, 1000, "wounded", "wounded", "about")]),
    ("en", "Of 12,000 soldiers sent to Kursk, 3,800 were killed or wounded.",
     [("12,000 soldiers", 12000, 12000, "soldiers", "sent", "exact"),
      ("3,800", 3800, 3800, "killed_and_wounded", "killed_and_wounded", "exact")]),
    ("en", "North Korea has suffered about 4,700 casualties, including some 600 deaths.",
     [("about 4,700 casualties", 4700, 4700, "killed_and_wounded", "killed_and_wounded", "about"),
      ("some 600 deaths", 600, 600, "killed", "killed", "about")]),
    ("en", "About 300 of them were killed, a lawmaker said after the briefing.",
     [("About 300", 300, 300, "killed", "killed", "about")]),
    ("en", "Losses have already exceeded 3,000 soldiers, the president said.",
     [("exceeded 3,000 soldiers", 3000, None, "losses", "lost", "at_least")]),
    ("en", "The number of North Korean soldiers could grow to 100,000, he warned.",
     [("100,000", 100000, 100000, "soldiers", "planned", "exact")]),
    ("en", "Some 11,000 North Korean troops are stationed in the Kursk region.",
     [("Some 11,000 North Korean troops", 11000, 11000, "soldiers", "present", "about")]),
    ("en", "Dozens of drones were shot down over the region overnight.",
     [("Dozens of drones", 24, 99, "drones", "downed", "vague")]),
    ("en", "Half a million people have fled since the war began.",
     [("Half a million people", 500000, 500000, "people", None, "exact")]),
    ("en", "Nearly half of the deployed North Koreans are killed or wounded.",
     [("Nearly half", 50, 50, "percent", "killed_and_wounded", "about")]),
    ("en", "Two thirds of the area has been retaken, Moscow claimed.",
     [("Two thirds", 66, 67, "percent", "retaken", "exact")]),
    ("en", "The $61 billion package was approved, and $1.5bn more is planned.",
     [("$61 billion", 61e9, 61e9, "usd", None, "exact"), ("$1.5bn", 1.5e9, 1.5e9, "usd", "planned", "exact")]),
    ("en", "Russia lost 300 soldiers and 12 tanks on Tuesday.",
     [("300 soldiers", 300, 300, "losses", "lost", "exact"), ("12 tanks", 12, 12, "tanks", "lost", "exact")]),
    ("en", "Ukrainian forces captured 594 Russian soldiers and destroyed 12 tanks.",
     [("594 Russian soldiers", 594, 594, "prisoners", "captured", "exact"),
      ("12 tanks", 12, 12, "tanks", "destroyed", "exact")]),
    ("en", "The 24-year-old soldier of the 3rd brigade fired an M142 HIMARS on Oct. 28, 2024.", []),
    ("en", "Article 5 and Articles 4 and 22 were discussed at 5:30 p.m. on Monday.", []),
    ("en", "F-16 jets, a Ka-52 helicopter and S-300 systems were seen in 2024.", []),
    ("en", "Ivan Petrenko, 45, said Resolution 2397 was violated.", []),
    ("en", "The team won 3-1 in 2022, on page 12 of the report.", []),
    ("en", "The area shrank from 1,376 to about 800 square kilometres.",
     [("1,376", 1376, 1376, "square_km", None, "exact"),
      ("about 800 square kilometres", 800, 800, "square_km", None, "about")]),
    ("en", "The contingent rose from 10,000 to 12,000 soldiers within weeks.",
     [("10,000", 10000, 10000, "soldiers", None, "exact"), ("12,000 soldiers", 12000, 12000, "soldiers", None, "exact")]),
    ("en", "A 12,000-strong contingent was sent; a 30-day ceasefire was proposed.",
     [("12,000-strong", 12000, 12000, "soldiers", "sent", "exact"), ("30-day", 30, 30, "days", None, "exact")]),
    ("en", "Up to 500,000 more could be sent, Kyiv fears.",
     [("Up to 500,000", None, 500000, "other", "planned", "at_most")]),
    ("en", "Several thousand workers were hired; tens of thousands may follow.",
     [("Several thousand workers", 2000, 9999, "workers", None, "vague"),
      ("tens of thousands", 20000, 99999, "workers", "planned", "vague")]),
    ("en", "At least 14,999 civilians have been killed, 763 of them children.",
     [("At least 14,999 civilians", 14999, None, "killed", "killed", "at_least"),
      ("763 of them children", 763, 763, "killed", "killed", "exact")]),
    ("en", "One soldier was killed and one of the drones was downed.",
     [("One soldier", 1, 1, "killed", "killed", "exact")]),
    ("en", "More than 13,000 containers of shells were delivered since August 2023.",
     [("More than 13,000 containers", 13000, None, "containers", "delivered", "at_least")]),
    ("en", "The city has a population of 1.1 million.",
     [("1.1 million", 1.1e6, 1.1e6, "inhabitants", None, "exact")]),
    ("en", "Two and a half thousand North Korean engineers, or sappers, will clear mines.",
     [("Two and a half thousand North Korean engineers", 2500, 2500, "engineers", "planned", "exact")]),
    ("en", "They hold 28 settlements along a 40 km front.",
     [("28 settlements", 28, 28, "settlements", "controlled", "exact"), ("40 km", 40, 40, "km", None, "exact")]),
    ("en", "Around 10 to 12 thousand soldiers are being trained in the Far East.",
     [("Around 10 to 12 thousand soldiers", 10000, 12000, "soldiers", "trained", "about")]),
    ("en", "The army of 600,000 would be capped.",
     [("600,000", 600000, 600000, "soldiers", "planned", "exact")]),
    ("en", "Two brigades of up to 6,000 each are training.",
     [("Two brigades", 2, 2, "brigades", None, "exact"), ("up to 6,000", None, 6000, "soldiers", "trained", "at_most")]),
    # --- Ukrainian
    ("uk", "Близько 11 тисяч північнокорейських військових перебувають на Курщині.",
     [("Близько 11 тисяч північнокорейських військових", 11000, 11000, "soldiers", "present", "about")]),
    ("uk", "За даними розвідки, загинуло майже 4 тисячі військових КНДР.",
     [("майже 4 тисячі військових", 4000, 4000, "killed", "killed", "about")]),
    ("uk", "КНДР відправила до Росії від 10 до 12 тисяч солдатів.",
     [("від 10 до 12 тисяч солдатів", 10000, 12000, "soldiers", "sent", "exact")]),
    ("uk", "Втрати КНДР становлять понад три тисячі солдатів.",
     [("понад три тисячі солдатів", 3000, None, "losses", "lost", "at_least")]),
    ("uk", "Близько 4700 військових убито та поранено, з них 600 загинули.",
     [("Близько 4700 військових", 4700, 4700, "killed_and_wounded", "killed_and_wounded", "about"),
      ("600 загинули", 600, 600, "killed", "killed", "exact")]),
    ("uk", "Десятки тисяч людей евакуювали з прикордоння.",
     [("Десятки тисяч людей", 20000, 99999, "people", "evacuated", "vague")]),
    ("uk", "Двоє поранених північнокорейських солдатів потрапили в полон.",
     [("Двоє поранених північнокорейських солдатів", 2, 2, "prisoners", "captured", "exact")]),
    ("uk", "Щонайменше двох десятків бійців вважають зниклими безвісти.",
     [("Щонайменше двох десятків бійців", 20, None, "missing", "missing", "at_least")]),
    ("uk", "Півтора мільйона вибухонебезпечних предметів знищили сапери.",
     [("Півтора мільйона вибухонебезпечних", 1.5e6, 1.5e6, "explosives", "destroyed", "exact")]),
    ("uk", "Українські сили контролюють 1294 квадратних кілометри території.",
     [("1294 квадратних кілометри", 1294, 1294, "square_km", "controlled", "exact")]),
    ("uk", "28 жовтня 2024 року о 15:00 810-та бригада увійшла до міста.", []),
    ("uk", "Стаття 4 договору та статті 5 і 22 набули чинності у 2024 році.", []),
    ("uk", "24-річний солдат на Су-35 втік о 10-й годині.", []),
    ("uk", "До 12 тисяч військових можуть відправити найближчим часом.",
     [("До 12 тисяч військових", None, 12000, "soldiers", "planned", "at_most")]),
    ("uk", "Чисельність військ КНДР зросла до 11 тисяч.",
     [("11 тисяч", 11000, 11000, "soldiers", None, "exact")]),
    ("uk", "Третина особового складу бригади загинула.",
     [("Третина", 33, 34, "percent", "killed", "exact")]),
    ("uk", "Бюджет становить 2,5 млрд доларів США.",
     [("2,5 млрд доларів", 2.5e9, 2.5e9, "usd", None, "exact")]),
    ("uk", "Кілька сотень робітників прибули на будівництво.",
     [("Кілька сотень робітників", 200, 999, "workers", "present", "vague")]),
    ("uk", "10–12 тис. осіб проходять навчання на полігонах.",
     [("10–12 тис. осіб", 10000, 12000, "people", "trained", "exact")]),
    ("uk", "Уночі збито 47 дронів і п’ять ракет.",
     [("47 дронів", 47, 47, "drones", "downed", "exact"), ("п’ять ракет", 5, 5, "missiles", "downed", "exact")]),
    ("uk", "Близько тисячі саперів розміновують Курщину, тисячі людей евакуйовано.",
     [("Близько тисячі саперів", 1000, 1000, "engineers", None, "about"),
      ("тисячі людей", 2000, 9999, "people", "evacuated", "vague")]),
    ("uk", "Росія планує залучити 12-тисячний контингент КНДР.",
     [("12-тисячний контингент", 12000, 12000, "soldiers", "planned", "exact")]),
    ("uk", "Один військовий загинув, один із дронів упав.",
     [("Один військовий", 1, 1, "killed", "killed", "exact")]),
    # --- Russian
    ("ru", "По данным Сеула, КНДР отправила в Россию около 12 тысяч военнослужащих.",
     [("около 12 тысяч военнослужащих", 12000, 12000, "soldiers", "sent", "about")]),
    ("ru", "КНДР потеряла около 4700 человек убитыми и ранеными.",
     [("около 4700 человек", 4700, 4700, "killed_and_wounded", "killed_and_wounded", "about")]),
    ("ru", "Потери превысили шесть тысяч солдат, сообщила разведка.",
     [("превысили шесть тысяч солдат", 6000, None, "losses", "lost", "at_least")]),
    ("ru", "Погибло не менее 300 военнослужащих, ещё 2700 ранены.",
     [("не менее 300 военнослужащих", 300, None, "killed", "killed", "at_least"),
      ("2700 ранены", 2700, 2700, "wounded", "wounded", "exact")]),
    ("ru", "От 10 до 12 тысяч солдат переброшены в Курскую область.",
     [("От 10 до 12 тысяч солдат", 10000, 12000, "soldiers", "sent", "exact")]),
    ("ru", "Полтора миллиона снарядов поставил Пхеньян Москве.",
     [("Полтора миллиона снарядов", 1.5e6, 1.5e6, "shells", "delivered", "exact")]),
    ("ru", "Двое пленных солдат рассказали об этом 11 января 2025 года.",
     [("Двое пленных солдат", 2, 2, "prisoners", "captured", "exact")]),
    ("ru", "Более двухсот человек числятся пропавшими без вести.",
     [("Более двухсот человек", 200, None, "missing", "missing", "at_least")]),
    ("ru", "Десятки тысяч жителей эвакуированы из приграничья.",
     [("Десятки тысяч жителей", 20000, 99999, "inhabitants", "evacuated", "vague")]),
    ("ru", "Половина личного состава ранена, треть погибла.",
     [("Половина", 50, 50, "percent", "wounded", "exact"),
      ("треть", 33, 34, "percent", "killed", "exact")]),
    ("ru", "24-летний боец 810-й бригады сдался 28 октября в 15:30.", []),
    ("ru", "Статья 4 договора и статьи 5 и 22 вступили в силу в 2024 году.", []),
    ("ru", "Су-34 и Ка-52 прикрывали Т-90, сообщил канал 24.", []),
    ("ru", "Численность контингента выросла с 10 до 12 тысяч.",
     [("10", 10000, 10000, "soldiers", None, "exact"), ("12 тысяч", 12000, 12000, "soldiers", None, "exact")]),
    ("ru", "Освобождено 86 процентов территории, около 1100 квадратных километров.",
     [("86 процентов", 86, 86, "percent", "retaken", "exact"),
      ("около 1100 квадратных километров", 1100, 1100, "square_km", "retaken", "about")]),
    ("ru", "В Россию прибудут тысяча сапёров и пять тысяч военных строителей.",
     [("тысяча сапёров", 1000, 1000, "engineers", "planned", "exact"),
      ("пять тысяч военных строителей", 5000, 5000, "workers", "planned", "exact")]),
    ("ru", "До 50 тысяч военных планируется сосредоточить у границы.",
     [("До 50 тысяч военных", None, 50000, "soldiers", "planned", "at_most")]),
    ("ru", "Ущерб оценили в 1,5 млрд рублей.",
     [("1,5 млрд рублей", 1.5e9, 1.5e9, "rub", None, "exact")]),
    ("ru", "За сутки сбито 60 беспилотников над шестью регионами.",
     [("60 беспилотников", 60, 60, "drones", "downed", "exact"), ("шестью регионами", 6, 6, "regions", None, "exact")]),
    ("ru", "Несколько сотен добровольцев прибыли на полигон.",
     [("Несколько сотен добровольцев", 200, 999, "volunteers", "present", "vague")]),
    ("ru", "Он назвал цифру в 11 000 северокорейцев.",
     [("11 000 северокорейцев", 11000, 11000, "people", None, "exact")]),
    ("ru", "Около тысячи северокорейцев погибли, около 300 попали в плен.",
     [("Около тысячи северокорейцев", 1000, 1000, "killed", "killed", "about"),
      ("около 300 попали в плен", 300, 300, "prisoners", "captured", "about")]),
]  # fmt: skip

# Written later, read once before the rules were changed for them.
MORE_FIGURES: list[tuple[str, str, list[tuple[Any, ...]]]] = [
    ("de", "Nordkorea soll laut Seoul weitere 1.000 Pioniere und 5.000 Bauarbeiter nach Kursk schicken.",
     [("1.000 Pioniere", 1000, 1000, "engineers", "planned", "exact"),
      ("5.000 Bauarbeiter", 5000, 5000, "workers", "planned", "exact")]),
    ("de", "Kiew spricht von über 400.000 gefallenen oder verwundeten russischen Soldaten im Jahr 2024.",
     [("über 400.000 gefallenen oder verwundeten russischen Soldaten", 400000, None, "killed_and_wounded", "killed_and_wounded", "at_least")]),
    ("de", "Von den 11.000 Soldaten seien 4.000 gefallen, verwundet oder gefangen genommen worden.",
     [("11.000 Soldaten", 11000, 11000, "soldiers", None, "exact"),
      ("4.000 gefallen, verwundet", 4000, 4000, "killed_and_wounded", "killed_and_wounded", "exact")]),
    ("de", "Die Einwohnerzahl der Stadt Kursk liegt bei etwa 450.000.",
     [("etwa 450.000", 450000, 450000, "inhabitants", None, "about")]),
    ("de", "Die Ukraine hat nach Moskauer Angaben gut 76.000 Mann verloren.",
     [("gut 76.000 Mann", 76000, None, "losses", "lost", "at_least")]),
    ("de", "Südkoreas Geheimdienst NIS schätzt die Zahl der Getöteten auf rund 2.000.",
     [("rund 2.000", 2000, 2000, "killed", "killed", "about")]),
    ("de", "Ein Dutzend Drohnen und zwei Raketen seien abgefangen worden.",
     [("Ein Dutzend Drohnen", 12, 12, "drones", "downed", "exact"),
      ("zwei Raketen", 2, 2, "missiles", "downed", "exact")]),
    ("de", "Am Dienstag wurden je 1.200 Kriegsgefangene ausgetauscht.",
     [("1.200 Kriegsgefangene", 1200, 1200, "prisoners", "exchanged", "exact")]),
    ("de", "Der Konvoi mit 40 Fahrzeugen wurde 15 Kilometer vor Sudscha zerstört.",
     [("40 Fahrzeugen", 40, 40, "vehicles", "destroyed", "exact"),
      ("15 Kilometer", 15, 15, "km", None, "exact")]),
    ("de", "Der 58. Jahrestag fiel auf den 3. Oktober, Absatz 2 blieb unverändert.",
     []),
    ("de", "18 Soldaten sind nach Angaben aus Kiew desertiert.",
     [("18 Soldaten", 18, 18, "deserters", "deserted", "exact")]),
    ("de", "Nahezu eine halbe Million Granaten wurde geliefert.",
     [("Nahezu eine halbe Million Granaten", 500000, 500000, "shells", "delivered", "about")]),
    ("en", "Kyiv says Moscow has deployed as many as 50,000 troops, including 8,000 North Koreans, to Kursk.",
     [("as many as 50,000 troops", None, 50000, "soldiers", "sent", "at_most"),
      ("8,000 North Koreans", 8000, 8000, "people", "sent", "exact")]),
    ("en", "The death toll has risen to 27, with 80 people injured.",
     [("27", 27, 27, "killed", "killed", "exact"),
      ("80 people", 80, 80, "wounded", "wounded", "exact")]),
    ("en", "Fewer than 100 soldiers remain in the village.",
     [("Fewer than 100 soldiers", None, 100, "soldiers", "present", "at_most")]),
    ("en", "A Russian strike on Kharkiv killed at least seven people, including two children.",
     [("at least seven people", 7, None, "killed", "killed", "at_least"),
      ("two children", 2, 2, "killed", "killed", "exact")]),
    ("en", "South Korea estimates that roughly 2,000 North Korean troops have died.",
     [("roughly 2,000 North Korean troops", 2000, 2000, "killed", "killed", "about")]),
    ("en", "Hundreds of thousands of shells have been shipped in 13,000-plus containers.",
     [("Hundreds of thousands of shells", 200000, 999999, "shells", "sent", "vague"),
      ("13,000-plus containers", 13000, None, "containers", "sent", "at_least")]),
    ("en", "The EU will provide €35 billion ($38 billion) in loans.",
     [("€35 billion", 35000000000, 35000000000, "eur", "planned", "exact"),
      ("$38 billion", 38000000000, 38000000000, "usd", "planned", "exact")]),
    ("en", "About 11K troops are massed there, an official said.",
     [("About 11K troops", 11000, 11000, "soldiers", "present", "about")]),
    ("en", "Kim Jong Un sent 101 portraits home.",
     [("101", 101, 101, "other", "sent", "exact")]),
    ("en", "The 47th and 155th brigades hold a line 12 km from Sudzha.",
     [("12 km", 12, 12, "km", None, "exact")]),
    ("uk", "Північна Корея втратила вбитими й пораненими щонайменше шість тисяч солдатів.",
     [("щонайменше шість тисяч солдатів", 6000, None, "killed_and_wounded", "killed_and_wounded", "at_least")]),
    ("uk", "За добу ворог втратив 1270 осіб, 12 танків і 45 артсистем.",
     [("1270 осіб", 1270, 1270, "losses", "lost", "exact"),
      ("12 танків", 12, 12, "tanks", "lost", "exact"),
      ("45 артсистем", 45, 45, "artillery", "lost", "exact")]),
    ("uk", "Кількість загиблих зросла до 27, поранено понад 80 людей.",
     [("27", 27, 27, "killed", "killed", "exact"),
      ("понад 80 людей", 80, None, "wounded", "wounded", "at_least")]),
    ("uk", "Пхеньян планує направити ще 25–30 тисяч військових.",
     [("25–30 тисяч військових", 25000, 30000, "soldiers", "planned", "exact")]),
    ("uk", "Внаслідок удару загинули двоє дітей, семеро людей поранено.",
     [("двоє дітей", 2, 2, "killed", "killed", "exact"),
      ("семеро людей", 7, 7, "wounded", "wounded", "exact")]),
    ("uk", "ЗСУ взяли під контроль 74 населені пункти та понад тисячу квадратних кілометрів.",
     [("74 населені пункти", 74, 74, "settlements", "captured", "exact"),
      ("понад тисячу квадратних кілометрів", 1000, None, "square_km", "captured", "at_least")]),
    ("uk", "Населення міста становить близько 450 тисяч.",
     [("близько 450 тисяч", 450000, 450000, "inhabitants", None, "about")]),
    ("uk", "Відбувся обмін: додому повернулися 95 військовополонених.",
     [("95 військовополонених", 95, 95, "prisoners", "withdrawn", "exact")]),
    ("uk", "47-ма бригада знищила Т-90 біля школи №3.",
     []),
    ("ru", "Минобороны сообщило об уничтожении 40 беспилотников и трёх ракет ATACMS.",
     [("40 беспилотников", 40, 40, "drones", "destroyed", "exact"),
      ("трёх ракет", 3, 3, "missiles", "destroyed", "exact")]),
    ("ru", "В результате удара погибли семь человек, ещё двенадцать получили ранения.",
     [("семь человек", 7, 7, "killed", "killed", "exact"),
      ("двенадцать получили ранения", 12, 12, "wounded", "wounded", "exact")]),
    ("ru", "Южная Корея считает, что КНДР направит в Россию ещё 25–30 тысяч солдат.",
     [("25–30 тысяч солдат", 25000, 30000, "soldiers", "planned", "exact")]),
    ("ru", "ВСУ потеряли в Курской области более 76 тысяч человек убитыми и ранеными.",
     [("более 76 тысяч человек", 76000, None, "killed_and_wounded", "killed_and_wounded", "at_least")]),
    ("ru", "Под контролем Киева остаются 28 населённых пунктов и около двух тысяч жителей.",
     [("28 населённых пунктов", 28, 28, "settlements", "controlled", "exact"),
      ("около двух тысяч жителей", 2000, 2000, "inhabitants", "present", "about")]),
    ("ru", "Из 11 тысяч северокорейских солдат около трети убиты или ранены.",
     [("11 тысяч северокорейских солдат", 11000, 11000, "soldiers", None, "exact"),
      ("около трети", 33, 34, "percent", "killed_and_wounded", "about")]),
    ("ru", "Население Курска — примерно 450 тысяч человек.",
     [("примерно 450 тысяч человек", 450000, 450000, "inhabitants", None, "about")]),
    ("ru", "Пхеньян получил до 20 млрд долларов за поставки оружия.",
     [("до 20 млрд долларов", None, 20000000000, "usd", "delivered", "at_most")]),
    ("de", "Der Gouverneur sprach von acht Toten und mehr als 30 Verletzten.",
     [("acht Toten", 8, 8, "killed", "killed", "exact"),
      ("mehr als 30 Verletzten", 30, None, "wounded", "wounded", "at_least")]),
    ("de", "Die Flugabwehr schoss in der Nacht 54 von 61 Drohnen ab.",
     [("54", 54, 54, "drones", "downed", "exact"), ("61 Drohnen", 61, 61, "drones", None, "exact")]),
    ("de", "Die Armee meldete den Verlust von drei Kampfjets und elf Soldaten, er sprach von 15.000.",
     [("drei Kampfjets", 3, 3, "aircraft", "lost", "exact"),
      ("elf Soldaten", 11, 11, "losses", "lost", "exact"),
      ("15.000", 15000, 15000, "losses", "lost", "exact")]),
    ("en", "The governor put the death toll at five.",
     [("five", 5, 5, "killed", "killed", "exact")]),
    ("en", "Losses came to 10,900, less than a mile from the border.",
     [("10,900", 10900, 10900, "losses", "lost", "exact"),
      ("less than a mile", None, 1, "miles", None, "at_most")]),
    ("en", "He spoke of 10,900.", [("10,900", 10900, 10900, "other", None, "exact")]),
    ("en", "The price climbed up to $80 at 5.30; one in five shops had 35mm film.",
     [("$80", 80, 80, "usd", None, "exact")]),
    ("uk", "Із 120 випущених ракет вдалося збити 97, з них 30 — над Києвом.",
     [("120 випущених ракет", 120, 120, "missiles", "launched", "exact"),
      ("97", 97, 97, "missiles", "downed", "exact"), ("30", 30, 30, "missiles", "downed", "exact")]),
    ("ru", "Число жертв удара возросло до 34, среди них семеро детей.",
     [("34", 34, 34, "killed", "killed", "exact"), ("семеро детей", 7, 7, "killed", "killed", "exact")]),
    ("ru", "Потеряны сотни танков, 31 захвачен украинцами, ему 20 лет.",
     [("сотни танков", 200, 999, "tanks", "lost", "vague"), ("31 захвачен", 31, 31, "tanks", "captured", "exact")]),
    ("en", "Not one soldier has been captured, Moscow insists; no one has been hurt.", []),
    ("en", "July saw 286 civilians killed and 1,388 injured (1,674).",
     [("286 civilians", 286, 286, "killed", "killed", "exact"),
      ("1,388 injured", 1388, 1388, "wounded", "wounded", "exact"),
      ("1,674", 1674, 1674, "other", None, "exact")]),
    ("en", "Kyiv asked for $61m, about £3b and US$5 billion.",
     [("$61m", 61000000, 61000000, "usd", None, "exact"),
      ("about £3b", 3000000000, 3000000000, "gbp", None, "about"),
      ("US$5 billion", 5000000000, 5000000000, "usd", None, "exact")]),
]  # fmt: skip


def _read(text: str, language: str) -> list[tuple[Any, ...]]:
    return [
        (q.span.text, q.low, q.high, q.unit, q.aspect, q.qualifier.value)
        for q in quantities.find(Span("a", 0, len(text), text), language)
    ]


@pytest.mark.parametrize(("language", "sentence", "expected"), FIGURES + MORE_FIGURES)
def test_figures_of_a_sentence_are_read_with_unit_aspect_and_qualifier(
    language: str, sentence: str, expected: list[tuple[Any, ...]]
) -> None:
    assert _read(sentence, language) == expected


def _one(text: str, language: str) -> Quantity:
    (found,) = quantities.find(Span("a", 0, len(text), text), language)
    return found


def _quantity(
    low: float | None, high: float | None, unit: str, aspect: str | None, qualifier: str = "exact"
) -> Quantity:
    return Quantity(low, high, unit, aspect, Qualifier(qualifier), Span("a", 0, 1, "5"))


def test_spans_are_offsets_of_the_article_not_of_the_sentence() -> None:
    article = "Titel\n\nKiew meldet Verluste. Rund 3.000 Soldaten fielen."
    start = article.index("Rund")
    (found,) = quantities.find(Span("a7", start, len(article), article[start:]), "de")
    assert (found.span.article_id, found.span.text) == ("a7", "Rund 3.000 Soldaten")
    assert article[found.span.start : found.span.end] == found.span.text


def test_a_language_without_tables_gives_no_figures() -> None:
    assert quantities.find(Span("a", 0, 11, "300 soldats"), "fr") == ()
    assert quantities.asked("Combien de soldats?", "fr") == (None, None)


@pytest.mark.parametrize(
    ("language", "question", "expected"),
    [
        (
            "de",
            "Wie viele nordkoreanische Soldaten wurden nach Russland geschickt?",
            ("soldiers", "sent"),
        ),
        (
            "de",
            "Wie viele Soldaten sind laut Südkoreas Geheimdienst gefallen?",
            ("killed", "killed"),
        ),
        (
            "de",
            "Wer hat die Zahl von 10.000 nordkoreanischen Soldaten genannt?",
            ("soldiers", None),
        ),
        ("de", "Wer bestätigte die Truppenzahl?", ("soldiers", None)),
        ("de", "Wie hoch sind die Verluste Nordkoreas?", ("losses", "lost")),
        (
            "de",
            "Wie viele Quadratkilometer kontrolliert die Ukraine bei Kursk?",
            ("square_km", "controlled"),
        ),
        ("de", "Wie viele Menschen wurden evakuiert?", ("people", "evacuated")),
        (
            "de",
            "Wie viele Zivilisten wurden getötet oder verletzt?",
            ("killed_and_wounded", "killed_and_wounded"),
        ),
        ("de", "Wie viele Soldaten sollen noch entsandt werden?", ("soldiers", "planned")),
        ("de", "Wer bestätigte die Entsendung?", (None, None)),
        ("de", "Was sagte Rutte am 28. Oktober 2024?", (None, None)),
        ("en", "How many were killed?", ("killed", "killed")),
        ("en", "How many of the 12,000 soldiers were wounded?", ("wounded", "wounded")),
        ("en", "How many North Korean soldiers are in Russia?", ("soldiers", "present")),
        ("en", "What is the population of Kursk?", ("inhabitants", None)),
        ("en", "Who confirmed the troop numbers?", ("soldiers", None)),
        (
            "en",
            "What casualty figures did Zelensky give on 23 December 2024?",
            ("killed_and_wounded", "killed_and_wounded"),
        ),
        ("en", "How much of Kursk did Ukraine hold in August 2024?", ("square_km", "controlled")),
        ("en", "How many prisoners were exchanged?", ("prisoners", "exchanged")),
        ("en", "How many containers of shells did Pyongyang ship?", ("containers", None)),
        ("en", "What is the death toll in Kharkiv?", ("killed", "killed")),
        ("en", "What did Putin answer when asked about North Korean troops?", (None, None)),
        ("en", "Did North Korea name a number when it acknowledged the deployment?", (None, None)),
        ("uk", "Скільки військових КНДР загинуло?", ("killed", "killed")),
        ("uk", "Скільки солдатів КНДР відправила до Росії?", ("soldiers", "sent")),
        ("uk", "Хто підтвердив чисельність військ?", ("soldiers", None)),
        ("uk", "Які втрати КНДР назвала розвідка Південної Кореї?", ("losses", "lost")),
        ("uk", "Скільки людей евакуювали з Сумщини?", ("people", "evacuated")),
        ("uk", "Чому Зеленський заперечив оточення?", (None, None)),
        ("ru", "Какие потери понесла КНДР?", ("losses", "lost")),
        ("ru", "Сколько северокорейских рабочих погибло на стройках?", ("killed", "killed")),
        ("ru", "Сколько солдат перебросили в Курскую область?", ("soldiers", "sent")),
        ("ru", "Какова численность контингента КНДР?", ("soldiers", None)),
        ("ru", "Сколько военных попало в плен?", ("prisoners", "captured")),
        ("ru", "Что говорил Песков 10 и 21 октября 2024 года?", (None, None)),
    ],
)
def test_a_question_asks_for_a_unit_and_an_aspect(
    language: str, question: str, expected: tuple[str | None, str | None]
) -> None:
    assert quantities.asked(question, language) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            ("zwischen 10.000 und 12.000 Soldaten", "de"),
            ("rund 11.000 Soldaten", "de"),
            "compatible",
        ),
        (("10 тисяч солдатів", "uk"), ("more than 11,000 soldiers", "en"), "conflict"),
        (("mindestens 300 Tote", "de"), ("about 1,000 killed", "en"), "compatible"),
        (("десять тысяч солдат", "ru"), ("10,000 soldiers", "en"), "equal"),
        (("up to 12,000 troops", "en"), ("12.500 Soldaten", "de"), "conflict"),
        (("около 10 тысяч солдат", "ru"), ("10.900 Soldaten", "de"), "compatible"),
        (("около 10 тысяч солдат", "ru"), ("11.100 Soldaten", "de"), "conflict"),
        (("mehrere Tausend Soldaten", "de"), ("кілька тисяч солдатів", "uk"), "equal"),
        (("a third of the soldiers", "en"), ("33 percent", "en"), "compatible"),
    ],
)
def test_two_figures_agree_overlap_or_conflict_across_languages(
    a: tuple[str, str], b: tuple[str, str], expected: str
) -> None:
    assert quantities.relation(_one(*a), _one(*b)) == expected
    assert quantities.relation(_one(*b), _one(*a)) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("soldiers", "sent"), ("soldiers", "present"), True),
        (("soldiers", "sent"), ("people", None), True),
        (("soldiers", "sent"), ("soldiers", "planned"), False),
        (("soldiers", "sent"), ("soldiers", "trained"), False),
        (("soldiers", "sent"), ("killed", "killed"), False),
        (("killed", "killed"), ("killed_and_wounded", "killed_and_wounded"), False),
        (("losses", "lost"), ("killed_and_wounded", "killed_and_wounded"), True),
        (("killed", "killed"), ("losses", "lost"), False),
        (("square_km", "controlled"), ("square_km", "retaken"), False),
        (("square_km", None), ("hectares", None), False),
        (("other", None), ("other", None), False),
    ],
)
def test_only_what_counts_the_same_thing_is_compared(
    a: tuple[str, str | None], b: tuple[str, str | None], expected: bool
) -> None:
    one, two = _quantity(5, 5, *a), _quantity(6, 6, *b)
    assert quantities.comparable(one, two) is expected
    assert quantities.comparable(two, one) is expected


def test_killed_soldiers_are_not_compared_with_killed_civilians() -> None:
    soldiers = _one("43,000 Ukrainian soldiers were killed.", "en")
    civilians = _one("Щонайменше 14 999 цивільних загинуло.", "uk")
    unnamed = _one("Rund 45.000 Tote wurden gezählt.", "de")
    children = _one("763 children were killed.", "en")
    assert soldiers.unit == civilians.unit == unnamed.unit == children.unit == "killed"
    assert not quantities.comparable(soldiers, civilians)
    assert not quantities.comparable(children, unnamed)
    assert quantities.comparable(soldiers, unnamed)


GROUPED = {"de": ".", "en": ",", "uk": " ", "ru": "\u00a0"}
NOUN = {"de": "Soldaten", "en": "soldiers", "uk": "солдатів", "ru": "солдат"}


@given(st.integers(10_000, 10**12), st.sampled_from(LANGUAGES))
def test_a_number_written_with_separators_is_read_back(number: int, language: str) -> None:
    written = f"{number:,}".replace(",", GROUPED[language])
    found = _one(f"{written} {NOUN[language]}", language)
    assert (found.low, found.high, found.unit) == (number, number, "soldiers")


FRAGMENTS = (
    "10.000 1,000 300 zwei zwölftausend half a million десятки тисяч около полтора rund mindestens"
    " zwischen und bis between and to від до от Soldaten killed wounded Toten F-16 28. Oktober 2024"
    " ( ) , . - – % $ 3rd \n\n of them İ ½ K млн тис. - Jährige 24"
)
PARTS = st.sampled_from(FRAGMENTS.split(" "))


@settings(max_examples=200)
@given(st.lists(PARTS | st.text(max_size=6), max_size=25), st.sampled_from(LANGUAGES))
def test_offsets_are_exact_and_intervals_ordered_in_any_text(
    parts: list[str], language: str
) -> None:
    text = " ".join(parts)
    last = 0
    for found in quantities.find(Span("a", 100, 100 + len(text), text), language):
        start, end = found.span.start - 100, found.span.end - 100
        assert last <= start < end <= len(text)
        assert text[start:end] == found.span.text
        assert found.low is None or found.high is None or found.low <= found.high
        last = end
    quantities.asked(text, language)


@pytest.mark.parametrize(
    "piece",
    ["1", ",", "1.", "1 ", "1-", "one ", "zwei hundert ", "5 тисяч ", "of 3 ", "killed 1 and "],
)
def test_the_time_grows_with_the_length_of_hostile_text_not_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        started = time.process_time()
        for language in LANGUAGES:
            quantities.find(Span("a", 0, length, text), language)
        return time.process_time() - started

    seconds(1000)
    # Ten times the length; a square would take a hundred times as long.
    assert seconds(20_000) <= 40 * seconds(2000) + 0.2


def test_two_hundred_thousand_digits_are_no_figure_and_no_burden() -> None:
    text = "7" * 200_000
    started = time.process_time()
    assert quantities.find(Span("a", 0, len(text), text), "de") == ()
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("language", "sentence", "unit", "low", "high"),
    [
        ("en", "They estimate between $60,000 and $90,000 apiece.", "usd", 60000, 90000),
        ("en", "It weighs 18 kilograms.", "kilograms", 18, 18),
        ("en", "It must drive at 20 kilometres an hour.", "km_per_hour", 20, 20),
        ("de", "Sie fliegt mit 450 Kilometern pro Stunde.", "km_per_hour", 450, 450),
        ("uk", "Швидкість сягає 200 км/год.", "km_per_hour", 200, 200),
        ("de", "In der Branche ist von 28 Knoten die Rede.", "knots", 28, 28),
        ("ru", "Толщина льда достигала 45 сантиметров.", "centimetres", 45, 45),
        ("en", "It carries a 90-kilogram warhead.", "kilograms", 90, 90),
    ],
)
def test_measures_of_money_weight_speed_and_length_are_read(
    language: str, sentence: str, unit: str, low: float, high: float
) -> None:
    found = quantities.find(Span("a", 0, len(sentence), sentence), language)
    assert [(q.low, q.high, q.unit) for q in found] == [(low, high, unit)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Three workers were hurt and one of them died."),
        ("de", "Drei Arbeiter wurden verletzt, einer von ihnen starb."),
        ("uk", "Троє робітників поранені, один із них загинув."),
        ("ru", "Ранены трое рабочих, один из них скончался."),
    ],
)
def test_one_of_them_is_counted_where_it_is_told_what_became_of_him(
    language: str, sentence: str
) -> None:
    found = quantities.find(Span("a", 0, len(sentence), sentence), language)
    assert [(q.low, q.unit) for q in found] == [(3, "wounded"), (1, "killed")]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "One of them said that he had seen nothing."),
        ("de", "Einer von ihnen sprach mit der Agentur."),
        ("ru", "Один из них рассказал об этом агентству."),
    ],
)
def test_one_of_them_who_speaks_is_no_figure(language: str, sentence: str) -> None:
    assert quantities.find(Span("a", 0, len(sentence), sentence), language) == ()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Eleven sailors are missing; relatives speak of fourteen."),
        ("uk", "Зникли 11 моряків, родичі говорять про 14."),
        ("de", "Elf Seeleute werden vermisst, Angehörige sprechen von 14."),
    ],
)
def test_who_speaks_of_a_number_is_not_what_it_counts(language: str, sentence: str) -> None:
    found = quantities.find(Span("a", 0, len(sentence), sentence), language)
    assert [(q.low, q.unit) for q in found] == [(11, "missing"), (14, "missing")]


def test_a_whole_does_not_count_the_children_that_are_a_part_of_it() -> None:
    sentence = "He put the number remaining at roughly 340, eleven of them children."
    found = quantities.find(Span("a", 0, len(sentence), sentence), "en")
    assert [(q.low, q.unit) for q in found] == [(340, "people"), (11, "children")]
