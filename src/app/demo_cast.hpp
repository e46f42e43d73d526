// The demo's invented people and places. Any likeness to somebody real is chance.
#pragma once
#include <string_view>

namespace kith::app {

struct Area {
  const char* name{};
  int east_m{};
  int north_m{};
};
inline constexpr Area areas[] = {{"Northside", 0, 0},
                                 {"Elm Hill", 3000, 1500},
                                 {"Harbour", 6500, -2000},
                                 {"Westmead Flat", -5000, 800},
                                 {"Old Mill", -1500, -4000}};

inline constexpr const char* first_names[] = {
    "Jo",    "Noor", "Sam",   "Ines",  "Tariq", "Mei",    "Kofi",  "Ana",   "Luca",  "Aroha", "Ben",
    "Dina",  "Femi", "Greta", "Hana",  "Ivo",   "Kirra",  "Leila", "Marek", "Nadia", "Omar",  "Pilar",
    "Quyen", "Rosa", "Sione", "Tilda", "Uma",   "Viktor", "Wren",  "Yusuf", "Zoe",   "Kai"};
inline constexpr const char* family_names[] = {
    "Abebe", "Brown",  "Costa", "Dang",   "Evans", "Farah",  "Garcia", "Haddad", "Ito",  "Jones",
    "Khan",  "Larsen", "Moana", "Nguyen", "Okoro", "Petrov", "Rossi",  "Singh",  "Tran", "Wilson"};
inline constexpr const char* languages[] = {"ti", "prs", "ar", "vi", "es"};
inline constexpr const char* genders[] = {"woman", "man", "nonbinary"};
inline constexpr const char* interests[] = {"music",   "gardening", "football", "cooking",
                                            "drawing", "walking",   "reading"};
inline constexpr const char* experiences[] = {"postnatal", "voices", "depression", "anxiety",
                                              "hospital",  "caring", "migration"};
inline constexpr const char* weeks[] = {
    "mon 09:00-12:00; wed 09:00-12:00", "tue 17:00-20:00; thu 17:00-20:00",
    "mon 13:00-17:00; fri 09:00-13:00", "sat 10:00-16:00; tue 17:00-20:00",
    "wed 13:00-18:00; thu 09:00-12:00"};
inline constexpr const char* hopes[] = {"I would like to get out of the house twice a week.",
                                        "Somebody who does not tell me what to do.",
                                        "To talk with someone who knows what hospital is like.",
                                        "To feel like me again.",
                                        "Company on the first days back at study.",
                                        "To find places where people do not stare."};

struct CastWorker {
  const char* name{};
  const char* pronouns{};
  const char* about{};
  const char* gender{};
  const char* age_band{};
  const char* languages{};
  const char* released{};
  const char* interests{};
  const char* availability{};
  Area area{};
  int places{};
};
inline constexpr CastWorker cast_workers[] = {
    {"Ruth", "she/her", "I like slow walks and good tea.", "woman", "30-45", "en ti", "postnatal depression",
     "walking cooking", "tue 17:00-20:00; mon 09:00-12:00", areas[0], 2},
    {"Mina", "she/her", "I laugh a lot and I listen.", "woman", "30-45", "en", "postnatal anxiety",
     "music drawing", "tue 17:00-20:00; wed 17:00-20:00; thu 17:00-20:00", areas[1], 3},
    {"Lena", "she/her", "Happy in the garden.", "woman", "46-60", "en ti", "depression", "gardening reading",
     "mon 09:00-17:00; thu 17:00-20:00", areas[1], 3},
    {"Dawit", "he/him", "Football on Saturdays.", "man", "30-45", "en ti", "migration depression",
     "football music", "sat 10:00-16:00; tue 17:00-20:00", areas[0], 3},
    {"Kai", "they/them", "I draw comics.", "nonbinary", "18-29", "en", "voices hospital", "drawing music",
     "wed 13:00-18:00; fri 09:00-13:00", areas[2], 3},
    {"Grace", "she/her", "I have been a carer for years.", "woman", "46-60", "en vi", "caring anxiety",
     "cooking reading", "mon 13:00-17:00; thu 09:00-12:00", areas[3], 3},
    {"Hassan", "he/him", "Tea, talk, and a long view.", "man", "61-", "en ar", "migration loss",
     "gardening walking", "mon 09:00-12:00; wed 09:00-12:00", areas[4], 2},
    {"Elena", "she/her", "I know the wards and the way home.", "woman", "30-45", "en es",
     "hospital depression", "walking cooking", "mon 09:00-17:00; wed 09:00-17:00", areas[2], 3},
    {"Joseph", "he/him", "I play guitar, not very well.", "man", "46-60", "en", "voices", "music football",
     "tue 17:00-20:00; sat 10:00-16:00", areas[3], 2},
    {"Parwin", "she/her", "We can speak Dari.", "woman", "30-45", "en prs", "migration postnatal",
     "cooking gardening", "mon 13:00-17:00; fri 09:00-13:00", areas[1], 2},
    {"Tama", "he/him", "Happy by the sea.", "man", "18-29", "en", "anxiety hospital", "football drawing",
     "wed 13:00-18:00; sat 10:00-16:00", areas[2], 3},
    {"Bea", "she/her", "I studied late in life.", "woman", "18-29", "en", "anxiety", "reading drawing",
     "thu 09:00-12:00; tue 17:00-20:00", areas[4], 2},
    {"Minh", "he/him", "I cook for whoever comes.", "man", "46-60", "en vi", "depression caring",
     "cooking music", "mon 09:00-12:00; wed 13:00-18:00", areas[3], 2},
    {"Wirra", "she/her", "I walk the river path most days.", "woman", "61-", "en", "loss hospital",
     "walking gardening", "mon 09:00-17:00; fri 09:00-13:00", areas[4], 2}};

} // namespace kith::app
